"""A calendar that follows an answer. Its address is the one secret of it, as every calendar needs it: so the page of it
is kept nowhere and tells nobody where its reader came from, and the address is in no log.
"""

from __future__ import annotations

from flask import Blueprint, Response, make_response, request
from flask.typing import ResponseReturnValue

from salur.core.errors import Refused
from salur.documents.calendar import followed_ics
from salur.web import locale
from salur.web.context import services, show, visitor
from salur.web.following.behind import not_begun, way_back
from salur.web.http import kept
from salur.web.http.origin import own_origin
from salur.web.locale import say
from salur.words.language import N_, language

blueprint = Blueprint("calendar", __name__)
ENDED = "/kalender/selesai"


@blueprint.post("/kabar/kalender")
def make() -> ResponseReturnValue:
    """They agreed: on to the page of a new one."""
    try:
        token = services().calendars.make(way_back(), say().code, asker=visitor())
    except Refused as why:
        return not_begun(why)
    return kept.go_to(_page_of(token))


@blueprint.get("/kalender/<token>.ics")
def file(token: str) -> Response:
    """What the calendar reads, in the language in which it was made; the same is not sent twice."""
    calendar = services().calendars.read(token)
    response = make_response(followed_ics(calendar, language(calendar.language), f"{own_origin()}{_page_of(token)}"))
    response.headers["Content-Type"] = "text/calendar; charset=utf-8"
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Robots-Tag"] = "noindex"
    response.add_etag(weak=True)
    response.make_conditional(request)
    return response


@blueprint.get("/kalender/<token>")
def page(token: str) -> Response:
    """What it is, how a phone asks it, and how it ends. Nobody's name is on it."""
    calendar = services().calendars.read(token)
    if not locale.is_chosen():
        locale.read_in(calendar.language)
    address = f"{own_origin()}{_page_of(token)}.ics"
    webcal = f"webcal:{address.partition(':')[2]}"
    answered = bool(kept.kept(kept.ANSWER))  # else it was opened from a calendar
    response = show("following/calendar.html", address=address, webcal=webcal, answered=answered)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@blueprint.post("/kalender/<token>")
def end(token: str) -> ResponseReturnValue:
    """It follows nothing any more."""
    services().calendars.end(token)
    return kept.go_to(ENDED)


@blueprint.get(ENDED)
def ended() -> Response:
    """That it is over, at an address that tells nothing."""
    text = N_(
        "Alamatnya sudah dihapus dari Salur. Masih tampak di HP? Hapus kalender langganan “Jadwal bantuan sosial” di"
        " aplikasi kalender."
    )
    return show("message.html", heading=N_("Kalender dimatikan"), text=text)


def _page_of(token: str) -> str:
    return f"/kalender/{token}"
