"""Pages about nobody: schedule, places, programmes, help, privacy."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, Response, make_response, request
from werkzeug.exceptions import NotFound

from salur import words
from salur.calendar import ics_name, sitting_ics
from salur.core.payouts import KelurahanSchedule
from salur.web.context import services, show_public
from salur.web.locale import say

blueprint = Blueprint("information", __name__)
SEARCH_LENGTH = 60


@blueprint.get("/jadwal")
def schedules() -> Response:
    """All kelurahan with sittings, by kecamatan; `cari` narrows them down by name."""
    wanted = request.args.get("cari", "")[:SEARCH_LENGTH].strip()
    found = [k for k in services().payouts.kelurahan() if _matches(k, wanted)]
    districts = [(names, list(group)) for names, group in groupby(found, key=lambda k: (k.regency, k.district))]
    return show_public("schedules.html", districts=districts, wanted=wanted)


@blueprint.get("/jadwal/<code>")
def schedule(code: str) -> Response:
    """The sittings of one kelurahan."""
    found = services().payouts.schedule(code)
    if found is None:
        raise NotFound
    return show_public("schedule.html", schedule=found)


# 2 147 483 647 is the largest id a database column holds; anything above is no page of ours.
@blueprint.get("/jadwal/sesi/<int(max=2147483647):id>.ics")
def calendar(id: int) -> Response:
    """One sitting for the phone's calendar."""
    sitting = services().payouts.session(id)
    if sitting is None:
        raise NotFound
    url = (
        f"{services().settings.public_url.rstrip('/') or request.host_url.rstrip('/')}/lokasi/{sitting.payout.place.id}"
    )
    response = make_response(sitting_ics(sitting, say(), url))
    response.headers["Content-Type"] = "text/calendar; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{ics_name(sitting)}"'
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@blueprint.get("/lokasi/<int(max=2147483647):id>")
def place(id: int) -> Response:
    """One place: address, hours, ways to find it on a map, what is paid there."""
    page = services().payouts.place(id)
    if page is None:
        raise NotFound
    return show_public("place.html", page=page, place=page.place)


@blueprint.get("/program")
def programmes() -> Response:
    """Every programme we have words for, then those an office added itself."""
    known = [(code, words.programme_about(code, say())) for code in words.PROGRAMMES]
    others = [p for p in services().programmes.all() if p.code not in words.PROGRAMMES]
    return show_public("programmes.html", known=known, others=others)


@blueprint.get("/bantuan")
def help_page() -> Response:
    """Where the numbers stand, what to do when stuck, where to report."""
    return show_public("help.html")


@blueprint.get("/privasi")
def privacy() -> Response:
    """What is asked, why, and how long it is kept."""
    return show_public("privacy.html")


def _matches(kelurahan: KelurahanSchedule, wanted: str) -> bool:
    """By name or district, whatever the spaces and capitals: `KEBONPEDES` finds Kebon Pedes."""
    return _letters(wanted) in _letters(kelurahan.name) or _letters(wanted) in _letters(kelurahan.district)


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
