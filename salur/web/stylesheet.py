"""The stylesheets, one for everybody and one more for officers: read once, named by their content, compressed once,
and kept by browsers for a year."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, Response

from salur.web import compression

EVERYBODYS, OFFICERS = "salur.css", "office.css"
FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Stylesheet:
    """The bytes and where they are served: a new sheet has a new address, so that none is ever stale."""

    plain: bytes
    packed: bytes
    url: str

    @classmethod
    def read(cls, folder: str, file: str = EVERYBODYS) -> Stylesheet:
        """Read one from the folder of static files."""
        plain = (Path(folder) / file).read_bytes()
        digest = hashlib.sha256(plain).hexdigest()[:12]
        return cls(plain, compression.gzip_small(plain), f"/gaya/{digest}.css")

    def serve(self, app: Flask, endpoint: str = "stylesheet") -> None:
        """Add its route."""
        app.add_url_rule(self.url, endpoint, self._respond, methods=["GET"])

    def _respond(self) -> Response:
        packed = compression.accepted()
        response = Response(self.packed if packed else self.plain, mimetype="text/css")
        if packed:
            response.headers["Content-Encoding"] = "gzip"
            response.headers["Vary"] = "Accept-Encoding"
        response.headers["Cache-Control"] = FOREVER
        return response
