"""A page that is the same for all who read its language, but for the token of its form: rendered and packed once.

A gzip stream may be put together of pieces: what stands before and behind the token is packed beforehand, the token
stands between them as it is. So nothing of it depends on what stands around it, and how long the page is tells nothing.
"""

from __future__ import annotations

import zlib

from flask import Response

from salur.web.http import compression

HEADER = bytes((0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 2, 0xFF))  # gzip, deflated, no time, as small as it gets, any system


class Fixed:
    """The pieces of a page around its token."""

    def __init__(self, page: str, token: str) -> None:
        self._pieces = [piece.encode() for piece in page.split(token)]
        *before, last = self._pieces
        self._packed = [*(_packed(piece, zlib.Z_FULL_FLUSH) for piece in before), _packed(last, zlib.Z_FINISH)]

    def respond(self, token: str) -> Response:
        """The page with this token, packed where the browser takes that. It is not to be kept: the token is its own."""
        between = token.encode()
        page = between.join(self._pieces)
        if compression.accepted():
            size = len(between)
            stored = b"\0" + size.to_bytes(2, "little") + (size ^ 0xFFFF).to_bytes(2, "little") + between
            checks = zlib.crc32(page).to_bytes(4, "little") + len(page).to_bytes(4, "little")
            response = Response(b"".join((HEADER, stored.join(self._packed), checks)))
            response.headers["Content-Encoding"] = "gzip"
            response.headers["Vary"] = "Accept-Encoding"
        else:
            response = Response(page)
        response.headers["Cache-Control"] = "no-store"
        return response


def _packed(piece: bytes, end: int) -> bytes:
    packer = zlib.compressobj(zlib.Z_BEST_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(piece) + packer.flush(end)
