"""How much a request may send: 16 KB, but for the few forms that take files. Read before anything parses the form."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from flask import Flask, request

MEGABYTE = 1024 * 1024
# Endpoint -> bytes of the whole request.
LIMITS: Mapping[str, int] = MappingProxyType(
    {
        "proposals.usulan": 16 * MEGABYTE,  # three photos of 5 MB
        "circulars.write": 11 * MEGABYTE,  # one PDF of 10 MB
    }
)
# Bytes of all the text fields beside the files. Werkzeug reads pieces of 64 KB and holds each, with what is left of the
# one before, against this limit even where it is part of a file: with 64 KB nearly every photo above 1 MB was refused.
TEXT_LIMIT = 256 * 1024
PARTS = 800  # a regency has up to 700 villages, each with its box


def install(app: Flask) -> None:
    """Raise the limits where files are sent."""

    @app.before_request
    def allow_files() -> None:
        limit = LIMITS.get(request.endpoint or "")
        if limit is not None and request.method == "POST":
            request.max_content_length = limit
            request.max_form_memory_size = TEXT_LIMIT
            request.max_form_parts = PARTS
