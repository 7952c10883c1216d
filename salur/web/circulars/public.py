"""Circulars that are for everybody."""

from __future__ import annotations

from flask import Blueprint, Response
from werkzeug.exceptions import NotFound

from salur.web.circulars.pdf import pdf_response
from salur.web.context import page_asked, services, show_public
from salur.web.guard import officer_or_none

blueprint = Blueprint("public_circulars", __name__)


@blueprint.get("/edaran")
def all_of_them() -> Response:
    """The public ones, the newest first; who is signed in finds the way to their own."""
    return show_public(
        "circulars/public.html", found=services().circulars.public(page_asked()), officer=officer_or_none()
    )


@blueprint.get("/edaran/<int(max=2147483647):id>")
def one(id: int) -> Response:
    """One of them."""
    circular = services().circulars.public_one(id)
    if circular is None:
        raise NotFound
    return show_public("circulars/public_one.html", circular=circular)


@blueprint.get("/edaran/<int(max=2147483647):id>.pdf")
def pdf(id: int) -> Response:
    """Its document."""
    return pdf_response(services().circulars.public_pdf(id), kept=True)
