"""Heads invited by a list, their slips on one page to print, and which RT have no account."""

from __future__ import annotations

from flask import Blueprint, Response, request

from salur.core.errors import Refused, UnreadableFile
from salur.core.rollout.answers import ROLLS_OUT, RolledOut
from salur.documents.paper.slips import slips_as_pdf
from salur.documents.paper.typesetting import PDF
from salur.documents.sent.heads import read_heads
from salur.web.context import services
from salur.web.guard import guarded, officer, show_office
from salur.web.http.downloads import download
from salur.web.http.origin import own_origin
from salur.web.locale import say
from salur.words.officers.rollout import problem

blueprint = guarded(Blueprint("rollout", __name__), *ROLLS_OUT)


@blueprint.get("/undangan/banyak")
def ask() -> Response:
    """The form for the file."""
    return show_office("rollout/ask.html")


@blueprint.post("/undangan/banyak")
def invite_many() -> Response:
    """The slips, this once, and what became of the other rows; as a page, or as one PDF to print and cut."""
    file = request.files.get("berkas")
    try:
        done = services().rollout.invite_many(officer(), read_heads(file.read() if file is not None else b""))
    except (UnreadableFile, Refused) as error:
        return show_office("rollout/ask.html", 422, problem=problem(error, say()))
    if request.form.get("bentuk") == "pdf":
        return slips(done)
    return show_office("rollout/slips.html", done=done, site=own_origin())


def slips(done: RolledOut) -> Response:
    """One PDF that nobody keeps: its codes are shown this once."""
    settings, header = services().settings, services().city.now().header
    content = slips_as_pdf(done, say(), site=own_origin(), zone=settings.zone, header=header)
    return download(content, PDF, "undangan.pdf")


@blueprint.get("/undangan/tanpa-akun")
def without_account() -> Response:
    """Which RT have none, by kelurahan."""
    return show_office("rollout/without.html", found=services().rollout.without_account(officer()))
