"""Pages about nobody: programmes, help, privacy."""

from __future__ import annotations

from flask import Blueprint, Response

from salur.web.context import services, show_public
from salur.web.locale import say
from salur.words.lists.programmes import PROGRAMMES, programme_about

blueprint = Blueprint("information", __name__)


@blueprint.get("/program")
def programmes() -> Response:
    """Every programme we have words for, then those an office added itself."""
    known = [(code, programme_about(code, say())) for code in PROGRAMMES]
    others = [p for p in services().programmes.all() if p.code not in PROGRAMMES]
    return show_public("information/programmes.html", known=known, others=others)


@blueprint.get("/bantuan")
def help_page() -> Response:
    """Where the numbers stand, what to do when stuck, where to report."""
    known = services().offices
    offices = known.inside(services().settings.city)
    return show_public("information/help.html", dinsos=known.dinsos, offices=offices)


@blueprint.get("/privasi")
def privacy() -> Response:
    """What is asked, why, and how long it is kept."""
    return show_public("information/privacy.html")
