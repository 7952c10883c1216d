"""A page that is the same for many, but for what is each reader's own: rendered and packed once.

A gzip stream may be put together of pieces: what stands before and behind the reader's own is packed beforehand, and
that stands between them as it is. So nothing of it depends on what stands around it, and how long the page is tells
nothing.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Hashable, Sequence

from flask import Response
from markupsafe import escape

HEADER = bytes((0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 2, 0xFF))  # gzip, deflated, no time, as small as it gets, any system


class Fixed:
    """The pieces of a page around what is a reader's own: `marks` is what stood there when it was rendered."""

    def __init__(self, page: str, marks: Sequence[str]) -> None:
        parts = re.split(f"({'|'.join(map(re.escape, marks))})", page)
        self._pieces = [piece.encode() for piece in parts[::2]]
        self._order = [marks.index(mark) for mark in parts[1::2]]
        *before, last = self._pieces
        self._packed = [*(_packed(piece, zlib.Z_FULL_FLUSH) for piece in before), _packed(last, zlib.Z_FINISH)]

    def respond(self, own: Sequence[str], *, packed: bool) -> Response:
        """The page with what is this reader's own, in the order of the marks. It is not to be kept by anybody."""
        response = Response(self.body(own, packed=packed))
        if packed:
            response.headers["Content-Encoding"] = "gzip"
        response.headers["Vary"] = "Accept-Encoding"
        response.headers["Cache-Control"] = "no-store"
        return response

    def body(self, own: Sequence[str], *, packed: bool) -> bytes:
        """The same, as it is sent."""
        told = [str(escape(value)).encode() for value in own]
        between = [told[place] for place in self._order]
        page = _joined(self._pieces, between)
        if not packed:
            return page
        checks = zlib.crc32(page).to_bytes(4, "little") + len(page).to_bytes(4, "little")
        return b"".join((HEADER, _joined(self._packed, list(map(_stored, between))), checks))


class Kept:
    """Pages that were made once, so many at `most`; forgotten together, which costs each of them once more."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._pages: dict[Hashable, Fixed | None] = {}

    def __len__(self) -> int:
        """How many, with those that were asked for once and not made yet."""
        return len(self._pages)

    def find(self, key: Hashable) -> Fixed | None:
        """One that was kept."""
        return self._pages.get(key)

    def asked_before(self, key: Hashable) -> bool:
        """Whether somebody wanted this one already; from now on somebody did."""
        before = key in self._pages
        if not before:
            self._put(key, None)
        return before

    def keep(self, key: Hashable, page: Fixed) -> Fixed:
        """Keep one that was made."""
        self._put(key, page)
        return page

    def _put(self, key: Hashable, page: Fixed | None) -> None:
        if len(self._pages) >= self._most:
            self._pages.clear()
        self._pages[key] = page


def _joined(pieces: Sequence[bytes], between: Sequence[bytes]) -> bytes:
    return b"".join([part for pair in zip(pieces, [*between, b""], strict=True) for part in pair])


def _stored(text: bytes) -> bytes:
    """A block of deflate that is not packed (RFC 1951, 3.2.4): of 65,535 bytes at most."""
    size = len(text)
    return b"\0" + size.to_bytes(2, "little") + (size ^ 0xFFFF).to_bytes(2, "little") + text


def _packed(piece: bytes, end: int) -> bytes:
    packer = zlib.compressobj(zlib.Z_BEST_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(piece) + packer.flush(end)
