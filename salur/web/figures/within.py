"""The figures of an officer's area, and of each area inside it; as files too."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue

from salur.core.figures.answers import KnownRound, RoundKey
from salur.core.regions.territory import Territory
from salur.documents.dashboard_files import CSV, dashboard_as_csv, dashboard_as_xlsx
from salur.documents.list_workbook import XLSX
from salur.web.context import services
from salur.web.guard import guarded, officer, show_office
from salur.web.http.downloads import download
from salur.web.locale import say

blueprint = guarded(Blueprint("within", __name__))
PATH = "/wilayah/angka"
MOST = 999  # RW and RT have three digits


@blueprint.get(PATH)
def page() -> Response:
    """One area, in all rounds in force or in one."""
    board = services().dashboards.of(officer(), _area(), _round())
    return show_office("figures/within.html", board=board, address=address)


@blueprint.post(f"{PATH}.csv", defaults={"kind": "csv"})
@blueprint.post(f"{PATH}.xlsx", defaults={"kind": "xlsx"})
def export(kind: str) -> Response:
    """The same as a file. It is written down, so it has no address of its own."""
    board = services().dashboards.export(officer(), _area(), _round())
    name = f"angka-wilayah-{board.made_at:%Y-%m-%d}.{kind}"
    if kind == "csv":
        return download(dashboard_as_csv(board, say()), CSV, name)
    return download(dashboard_as_xlsx(board, officer(), say()), XLSX, name)


@blueprint.get(f"{PATH}.csv")
@blueprint.get(f"{PATH}.xlsx")
def file_again() -> ResponseReturnValue:
    """Whoever reloads a file is shown the page."""
    return redirect(PATH, 303)


def address(area: Territory, known: KnownRound | None = None) -> str:
    """Where an area's figures are."""
    told = {"wilayah": area.region_code, "rw": area.rw, "rt": area.rt, "putaran": round_field(known)}
    return f"{PATH}?{urlencode({name: value for name, value in told.items() if value})}"


def round_field(known: KnownRound | None) -> str:
    """How a round is told in an address."""
    return f"{known.key.programme} {known.key.period}" if known else ""


def _area() -> Territory:
    """The area that is asked for; what an officer's own area says already need not be told."""
    own = officer().territory
    code = request.values.get("wilayah", "")[:20] or own.region_code
    return Territory(code, _number("rw") or own.rw, _number("rt") or own.rt)


def _round() -> RoundKey | None:
    programme, _, period = request.values.get("putaran", "")[:60].rpartition(" ")
    return RoundKey(programme, period) if programme else None


def _number(name: str) -> int | None:
    text = request.values.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 and 1 <= int(text) <= MOST else None
