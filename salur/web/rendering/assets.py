"""The stylesheets, one for everybody and one more for officers, and three small scripts: read once, named by their
content, compressed once, and kept by browsers for a year."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, Response

from salur.web.http import compression

EVERYBODYS, OFFICERS = "salur.css", "office.css"
READER, LOCATOR, LAUNCHER = "listen.js", "position.js", "launch.js"
# Folder of the address, media type. Pictures are packed already.
KINDS = {".css": ("gaya", "text/css"), ".js": ("naskah", "text/javascript"), ".webp": ("gambar", "image/webp")}
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
