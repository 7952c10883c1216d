"""One family's letter from the list of a neighbourhood: the office's once more, or, from a head, one as their own."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue

from salur.core.errors import NotThere
from salur.core.letters.issuing.kinds import Paper
from salur.core.limits.kinds import Door
from salur.core.officers.roles import CHAIN
from salur.documents.paper.letters import Layout, letters_as_pdf
from salur.web.context import services
from salur.web.guard import guarded, officer
from salur.web.http.downloads import download
from salur.web.letters.public import PDF
from salur.web.locale import say
from salur.web.neighbourhood.filter import PATH

blueprint = guarded(Blueprint("family_letters", __name__), *CHAIN)
LARGEST = 9_223_372_036_854_775_807  # of an id


@blueprint.post(f"{PATH}/surat")
def print_one() -> Response:
    """A letter for somebody on the list, at once."""
    typed = request.form.get("baris", "")
    if not (typed.isascii() and typed.isdigit() and len(typed) < 20 and int(typed) <= LARGEST):
        raise NotThere("no_such_entry")
    letter = services().letters.of_one(officer(), int(typed), door=Door.SITE, paper=Paper.A4, language=say().code)
    return download(letters_as_pdf([letter], say(), layout=Layout.A4), PDF, "surat-bantuan.pdf")


@blueprint.get(f"{PATH}/surat")
def print_one_again() -> ResponseReturnValue:
    """A letter has no address."""
    return redirect(PATH, 303)
