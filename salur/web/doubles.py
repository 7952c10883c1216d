"""Doubles: who stands twice, with the evidence side by side, and which of them were looked into."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from salur.core.doubles.kinds import CheckReason, DoubleKind
from salur.core.errors import FieldRefused
from salur.core.limits.kinds import Door
from salur.core.marks.kinds import READERS
from salur.core.regions.region import DISTRICT, REGENCY, Region
from salur.web.context import LAST_PAGE, ROW_ID, services
from salur.web.guard import guarded, officer, show_office
from salur.words.refusals import SLIPS

blueprint = guarded(Blueprint("doubles", __name__), *READERS)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which doubles: of a kind (None: the first that has any), in a kelurahan or in all, and the page."""

    kind: DoubleKind | None
    kelurahan: Region | None
    page: int

    @classmethod
    def in_fields(cls, fields: MultiDict[str, str], choices: dict[str, tuple[Region, ...]]) -> Asked:
        """From an address or a form; whatever is no value of a field is left out."""
        kind = next((kind for kind in DoubleKind if kind == fields.get("jenis")), None)
        every = (region for regions in choices.values() for region in regions)
        page = fields.get("hal", "")
        number = int(page) if page.isascii() and page.isdigit() and len(page) < 9 else 1
        chosen = next((region for region in every if region.code == fields.get("kelurahan")), None)
        return cls(kind, chosen, min(max(number, 1), LAST_PAGE))

    @property
    def code(self) -> str | None:
        """The code of the kelurahan."""
        return self.kelurahan.code if self.kelurahan else None

    def address(self, **more: str) -> str:
        """The address of this page."""
        known = {"jenis": self.kind, "kelurahan": self.code, "hal": self.page if self.page > 1 else None, **more}
        return "/ganda?" + "&".join(f"{name}={value}" for name, value in known.items() if value)


@dataclass(frozen=True, slots=True, repr=False)
class Slip:
    """What was typed of a double (its key) and could not be taken, and why. No `repr`: a note is about people."""

    key: str
    field: str
    words: str
    reason: str
    note: str


@blueprint.get("/ganda")
def page() -> Response:
    """The doubles of one kind, the first that has any; offices above the kelurahan may choose one."""
    choices = _kelurahan()
    return _shown(Asked.in_fields(request.args, choices), choices)


@blueprint.post("/ganda/periksa")
def check() -> ResponseReturnValue:
    """Say that one was looked into."""
    choices = _kelurahan()
    asked, form = Asked.in_fields(request.form, choices), request.form
    key, typed, note = form.get("kunci", ""), form.get("alasan", ""), form.get("catatan", "")
    reason = next((reason for reason in CheckReason if reason == typed), None)
    try:
        services().doubles.check(
            officer(), asked.kind or DoubleKind.SAME_NIK, key, reason, note, kelurahan=asked.code, page=asked.page
        )
    except FieldRefused as error:
        return _shown(asked, choices, Slip(key, error.field, SLIPS[error.code], typed, note))
    return redirect(asked.address(selesai="periksa"), 303)


@blueprint.post(f"/ganda/periksa/<{ROW_ID}:id>/batal")
def take_back(id: int) -> ResponseReturnValue:
    """Ask again what was looked into."""
    asked = Asked.in_fields(request.form, _kelurahan())
    services().doubles.take_back(officer(), id)
    return redirect(asked.address(selesai="batal"), 303)


def _shown(asked: Asked, choices: dict[str, tuple[Region, ...]], slip: Slip | None = None) -> Response:
    found = services().doubles.page(officer(), asked.kind, kelurahan=asked.code, page=asked.page, door=Door.SITE)
    return show_office(
        "doubles/doubles.html",
        422 if slip else 200,
        found=found,
        kind=found.kind,
        kinds=DoubleKind,
        choices=choices,
        chosen=asked.kelurahan,
        reasons=CheckReason,
        slip=slip,
        done=request.args.get("selesai", ""),
    )


def _kelurahan() -> dict[str, tuple[Region, ...]]:
    """The kelurahan to choose from, by kecamatan; none for those who have one only."""
    territory = officer().territory
    own = territory.region_code
    if len(own) == REGENCY:
        return {district.name: villages for district, villages in services().regions.villages(own).items()}
    return {officer().region_name: services().regions.children(own)} if len(own) == DISTRICT else {}
