"""The stylesheets, one for everybody and one more for officers, and two small scripts: read once, named by their
content, compressed once, and kept by browsers for a year."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, Response

from salur.web.http import compression

EVERYBODYS, OFFICERS = "salur.css", "office.css"
READER, LOCATOR = "listen.js", "position.js"
KINDS = {".css": ("gaya", "text/css"), ".js": ("naskah", "text/javascript")}  # folder of the address, media type
FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """The bytes and where they are served: what is new has a new address, so that nothing is ever stale."""

    plain: bytes
    packed: bytes
    url: str
    mimetype: str

    @classmethod
    def read(cls, folder: str, file: str) -> Asset:
        """Read one from the folder of static files."""
        plain = (Path(folder) / file).read_bytes()
        digest, suffix = hashlib.sha256(plain).hexdigest()[:12], Path(file).suffix
        where, mimetype = KINDS[suffix]
        return cls(plain, compression.gzip_small(plain), f"/{where}/{digest}{suffix}", mimetype)

    def serve(self, app: Flask, endpoint: str) -> None:
        """Add its route."""
        app.add_url_rule(self.url, endpoint, self._respond, methods=["GET"])

    def _respond(self) -> Response:
        packed = compression.accepted()
        response = Response(self.packed if packed else self.plain, mimetype=self.mimetype)
        if packed:
            response.headers["Content-Encoding"] = "gzip"
            response.headers["Vary"] = "Accept-Encoding"
        response.headers["Cache-Control"] = FOREVER
        return response
