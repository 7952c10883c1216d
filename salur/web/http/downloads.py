"""Files that people take away and that no browser or proxy keeps."""

from __future__ import annotations

from flask import Response


def download(content: bytes, kind: str, name: str) -> Response:
    """A file under a name of its own, which tells nothing of anybody; `kind` is its MIME type."""
    response = Response(content, mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
