"""Schedules and places: nothing personal."""

from __future__ import annotations

import re
from itertools import groupby

from flask import Blueprint, Response, make_response, request
from werkzeug.exceptions import NotFound

from salur.core.regions.region import regency_of
from salur.core.regions.search import find
from salur.documents.calendar import ics_name, sitting_ics
from salur.web.context import services, show_public
from salur.web.http.origin import own_origin
from salur.web.locale import say

blueprint = Blueprint("payouts", __name__)
SEARCH_LENGTH = 60
PART = re.compile(r"(\d{1,2})-(\d{1,2})", re.ASCII)


@blueprint.get("/jadwal")
def schedules() -> Response:
    """All kelurahan with sittings, by kecamatan; `cari` narrows them down by name, or to those alike."""
    wanted = request.args.get("cari", "")[:SEARCH_LENGTH].strip()
    known = services().timetable.kelurahan()
    found = find(wanted, known)
    shown = {one.code for one in found.listed or found.choices}
    kept = [one for one in known if not wanted or one.code in shown]
    kept.sort(key=lambda one: regency_of(one.code) != services().settings.city)  # the city that is served, then others
    districts = [(names, list(group)) for names, group in groupby(kept, key=lambda k: (k.regency, k.district))]
    only_alike = bool(found.choices) and not found.listed
    return show_public("payouts/schedules.html", districts=districts, wanted=wanted, only_alike=only_alike)


@blueprint.get("/jadwal/<code>")
def schedule(code: str) -> Response:
    """The sittings of one kelurahan."""
    found = services().timetable.schedule(code)
    if found is None:
        raise NotFound
    return show_public("payouts/schedule.html", schedule=found)


# 2 147 483 647 is the largest id a database column holds; anything above is no page of ours.
@blueprint.get("/jadwal/sesi/<int(max=2147483647):id>.ics")
def calendar(id: int) -> Response:
    """One sitting for the phone's calendar; `bagian=1-4`: the second of four equal parts, which many share."""
    part = PART.fullmatch(request.args.get("bagian", ""))
    announced = services().timetable.sitting(id, (int(part[1]), int(part[2])) if part else None)
    if announced is None:
        raise NotFound
    url = f"{own_origin()}/lokasi/{announced.sitting.place.id}"
    response = make_response(sitting_ics(announced, say(), url))
    response.headers["Content-Type"] = "text/calendar; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{ics_name(announced)}"'
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@blueprint.get("/lokasi/<int(max=2147483647):id>")
def place(id: int) -> Response:
    """One place: address, hours, ways to find it on a map, what is paid there."""
    page = services().timetable.place(id)
    if page is None:
        raise NotFound
    return show_public("payouts/place.html", page=page, place=page.place)
