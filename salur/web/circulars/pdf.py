"""The PDF of a circular as a download: never shown in the page, under a name of our own making."""

from __future__ import annotations

from flask import Response, request
from werkzeug.exceptions import NotFound

from salur.core.circulars.answers import pdf_name


def pdf_response(found: tuple[str, bytes] | None, *, kept: bool) -> Response:
    """The file; `kept` when it is for everybody, so that a browser may keep it. Raises NotFound without one."""
    if found is None:
        raise NotFound
    number, content = found
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{pdf_name(number)}"'
    response.headers["Cache-Control"] = "private, no-cache" if kept else "no-store"
    if kept:
        response.add_etag()
        response.make_conditional(request)
    return response
