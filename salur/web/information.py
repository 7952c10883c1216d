"""Pages about nobody: programmes, help, privacy."""

from __future__ import annotations

from flask import Blueprint, Response

from salur.web.context import services, show_public
from salur.web.locale import say
from salur.words.language import SOURCE
from salur.words.lists.programmes import PROGRAMMES, programme_about

blueprint = Blueprint("information", __name__)


@blueprint.get("/program")
def programmes() -> Response:
    """Every programme we have words for, then those an office added itself; its own words hold."""
    known = services().programmes
    mine, indonesian = known.words(say().code), known.words(SOURCE)
    names = {one.code: one.name for one in known.all()}
    told, untold = [], []
    for code in dict.fromkeys((*PROGRAMMES, *names)):
        own = [words[code] for words in (mine, indonesian) if code in words]
        about = programme_about(code, say(), *own)
        if about is None:
            untold.append((code, names[code]))
        else:
            told.append((code, about.name or names[code], about))
    return show_public("information/programmes.html", known=told, others=untold)


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
