"""Where RW and RT lie: what is known, and a table of it sent in."""

from __future__ import annotations

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from salur.core.errors import UnreadableFile
from salur.core.officers.roles import Role
from salur.documents.sent.spots import SentSpots, read_sent
from salur.web.context import services
from salur.web.guard import guarded, officer, show_office
from salur.web.locale import say
from salur.words.language import N_
from salur.words.lists.refusals import why_not

blueprint = guarded(Blueprint("spots_desk", __name__), Role.DINSOS)
HOME = "/kantor/rencana/letak"
NO_FILE = N_("Pilih berkasnya dulu.")


@blueprint.get(HOME)
def show() -> Response:
    """What is known."""
    return _shown()


@blueprint.post(HOME)
def send() -> ResponseReturnValue:
    """A table: rows that are understood are taken, each other is named with its fault."""
    file = request.files.get("berkas")
    content = file.read() if file is not None else b""
    if not content:
        return _shown(say()(NO_FILE))
    try:
        read = read_sent(content, officer().territory.region_code)
    except UnreadableFile as unreadable:
        return _shown(why_not(unreadable.code, {}, say()))
    services().spots.tell(officer(), read.spots)
    return _shown(read=read)


def _shown(slip: str | None = None, read: SentSpots | None = None) -> Response:
    known = services().spots.all(officer())
    names = services().regions.kelurahan(officer().territory.region_code)
    by_village = {one.code: [where for where in known if where.region_code == one.code] for one in names}
    return show_office(
        "plans/spots.html",
        422 if slip else 200,
        slip=slip,
        read=read,
        rws=sum(where.rw is not None and where.rt is None for where in known),
        rts=sum(where.rt is not None for where in known),
        villages=[(one.name, by_village[one.code]) for one in names if by_village[one.code]],
        all_villages=len(names),
    )
