"""Compress pages on the way out, with zlib from the standard library: `make run` has no proxy that would.

Why this is safe here (BREACH needs a secret and text of the attacker's choice in one compressed response): a form from
another site is refused before its fields are read (`origin`), so only a page's own reader can have text reflected
beside the form token; and the search on /jadwal, which any link can fill, stands on a page without a secret.
"""

from __future__ import annotations

import zlib
from functools import lru_cache

from flask import Flask, Response, request
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

SMALLEST = 600  # bytes; below that the packet is not shorter
LEVEL = 3  # on an answer 4 % larger than level 5 and up, in less than half the time
# A window of 8 KB holds a page. The largest one, with tables to match, takes as long to clear as the page to compress.
PAGE_WINDOW, PAGE_MEMORY = 13, 6
GZIP = 16  # added to the window: a gzip header, without the time stamp that the gzip module writes


def gzip(data: bytes) -> bytes:
    """Compress a page, quickly."""
    return _packed(data, zlib.compressobj(LEVEL, zlib.DEFLATED, GZIP + PAGE_WINDOW, PAGE_MEMORY))


def gzip_small(data: bytes) -> bytes:
    """Compress as small as it gets, for what is compressed once and sent often."""
    return _packed(data, zlib.compressobj(zlib.Z_BEST_COMPRESSION, zlib.DEFLATED, GZIP + zlib.MAX_WBITS))


def _packed(data: bytes, packer: zlib._Compress) -> bytes:
    return packer.compress(data) + packer.flush()


def accepted() -> bool:
    """Whether the browser of this request takes gzip."""
    return takes_gzip(request.headers.get("Accept-Encoding", ""))


@lru_cache(maxsize=500)
def takes_gzip(header: str) -> bool:
    """Whether `Accept-Encoding` says so; kept, because the browsers of the world send a few dozen different ones."""
    return "gzip" in header and parse_accept_header(header, Accept)["gzip"] > 0


def install(app: Flask) -> None:
    """Compress every text that is long enough and not compressed yet."""

    @app.after_request
    def compress(response: Response) -> Response:
        if response.direct_passthrough or "Content-Encoding" in response.headers:
            return response
        vary = response.headers.get("Vary", "")
        if "Accept-Encoding" not in vary:
            response.headers["Vary"] = f"{vary}, Accept-Encoding" if vary else "Accept-Encoding"
        if response.status_code == 304 or not accepted():
            return response
        data = response.get_data()
        if len(data) >= SMALLEST and (response.mimetype or "").startswith("text/"):
            response.set_data(gzip(data))
            response.headers["Content-Encoding"] = "gzip"
        return response
