"""Doubles: who stands twice, with the evidence side by side."""

from __future__ import annotations

from flask import Blueprint, Response, request

from salur.core.exclusions import DoubleKind
from salur.core.mark_kinds import READERS
from salur.core.regions import Region
from salur.core.roles import DISTRICT, REGENCY
from salur.web.context import page_asked, services
from salur.web.guard import guarded, officer, show_office

blueprint = guarded(Blueprint("doubles", __name__), *READERS)


@blueprint.get("/ganda")
def page() -> Response:
    """The doubles of one kind, the first that has any; offices above the kelurahan may choose one."""
    asked = request.args.get("jenis")
    kind = next((kind for kind in DoubleKind if kind == asked), None)
    choices = _kelurahan()
    code = request.args.get("kelurahan")
    chosen = next((region for regions in choices.values() for region in regions if region.code == code), None)
    found = services().doubles.page(officer(), kind, kelurahan=chosen.code if chosen else None, page=page_asked())
    return show_office("doubles.html", found=found, kind=found.kind, kinds=DoubleKind, choices=choices, chosen=chosen)


def _kelurahan() -> dict[str, tuple[Region, ...]]:
    """The kelurahan to choose from, by kecamatan; none for those who have one only."""
    territory = officer().territory
    own = territory.region_code
    if len(own) == REGENCY:
        return {district.name: villages for district, villages in services().regions.villages(own).items()}
    return {officer().place: services().regions.children(own)} if len(own) == DISTRICT else {}
