"""The stylesheets, one for everybody and one more for officers, four small scripts, four small pictures: read once,
named by their content, compressed once, and kept by browsers for a year."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from flask import Flask, Response

from salur.web.http import compression

# What templates call each, and its name in the folder of static files. `mark` and `badge` are pictures of what comes to
# a phone: in colour, and the shape that Android shows above. The other two are of its home screen: a large one, and one
# that fills its square, for phones that cut it themselves. `tools/icons.py` draws all four.
ASSETS: Mapping[str, str] = MappingProxyType(
    {
        "stylesheet": "salur.css",
        "office_stylesheet": "office.css",
        "reader": "listen.js",
        "locator": "position.js",
        "launcher": "launch.js",
        "pusher": "push.js",
        "mark": "tanda.png",
        "badge": "lencana.png",
        "mark_large": "tanda-besar.png",
        "mark_whole": "tanda-penuh.png",
    }
)
# Folder of the address, media type. Pictures are packed already.
KINDS = {
    ".css": ("gaya", "text/css"),
    ".js": ("naskah", "text/javascript"),
    ".webp": ("gambar", "image/webp"),
    ".png": ("gambar", "image/png"),
}
FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """The bytes and where they are served: what is new has a new address, so that nothing is ever stale."""

    plain: bytes
    packed: bytes | None  # None: it gets no smaller
    url: str
    mimetype: str

    @classmethod
    def read(cls, folder: str, file: str) -> Asset:
        """Read one from the folder of static files."""
        plain = (Path(folder) / file).read_bytes()
        digest, suffix = hashlib.sha256(plain).hexdigest()[:12], Path(file).suffix
        where, mimetype = KINDS[suffix]
        packed = compression.gzip_small(plain) if mimetype.startswith("text/") else None
        return cls(plain, packed, f"/{where}/{digest}{suffix}", mimetype)

    def serve(self, app: Flask, endpoint: str) -> None:
        """Add its route."""
        app.add_url_rule(self.url, endpoint, self.respond, methods=["GET"])

    def respond(self) -> Response:
        """The bytes, packed where that helps and is understood."""
        packed = self.packed if self.packed is not None and compression.accepted() else None
        response = Response(self.plain if packed is None else packed, mimetype=self.mimetype)
        if packed is not None:
            response.headers["Content-Encoding"] = "gzip"
            response.headers["Vary"] = "Accept-Encoding"
        response.headers["Cache-Control"] = FOREVER
        return response
