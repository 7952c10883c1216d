"""What a scanned letter is worth, and a payee's own letter. The code stands in the address, as it has to in a picture
that is scanned: so the page is kept nowhere, tells nobody where its reader came from, and is in no log.
"""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue

from salur.core.errors import Refused
from salur.core.letters.issuing.kinds import Paper
from salur.documents.paper.letters import Layout, letters_as_pdf
from salur.web.context import services, show, visitor
from salur.web.http.downloads import download
from salur.web.locale import say
from salur.words.language import N_
from salur.words.refusals import refusal

blueprint = Blueprint("letters", __name__)
PDF = "application/pdf"


@blueprint.get("/v/<code>")
@blueprint.get("/V/<code>")  # a picture with capitals alone is smaller
def verify(code: str) -> Response:
    """Whether it is genuine, and what holds now."""
    verified = services().verifying.verify(code, asker=visitor())
    response = show("letters/verdict.html", verified=verified, dinsos=services().offices.dinsos)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@blueprint.post("/surat-saya")
def own() -> ResponseReturnValue:
    """The payee's own letter, at once."""
    try:
        letter = services().letters.own(
            request.form.get("kunci", ""), asker=visitor(), paper=Paper.A4, language=say().code
        )
    except Refused as error:
        return show("message.html", 410, heading=N_("Surat tidak bisa dicetak"), text=refusal(error, say()))
    return download(letters_as_pdf([letter], say(), layout=Layout.A4), PDF, "surat-bantuan.pdf")


@blueprint.get("/surat-saya")
def own_again() -> ResponseReturnValue:
    """A letter has no address: it is printed from the answer."""
    return redirect("/jawaban", 303)
