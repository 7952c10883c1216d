"""The record of who did what: looked through by day, role, area and kind, and taken away."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlencode

from flask import Blueprint, Response, request

from salur.core.chronicle.answers import RecordFilter
from salur.core.errors import NotThere, Refused
from salur.core.officers.roles import DESK, Role
from salur.core.record.kinds import RecordKind
from salur.documents.list_workbook import XLSX
from salur.documents.record_file import CSV, record_as_csv, record_as_xlsx
from salur.web.context import page_asked, services
from salur.web.guard import guarded, officer, show_office
from salur.web.http.downloads import download
from salur.web.locale import say
from salur.words.refusals import refusal

blueprint = guarded(Blueprint("record", __name__), *DESK)
HOME = "/kantor/catatan"
SHOWN = timedelta(days=30)


@blueprint.get(HOME)
def home() -> Response:
    """One page of it."""
    return _shown(_filter())


@blueprint.get(f"{HOME}.csv", defaults={"kind": "csv"})
@blueprint.get(f"{HOME}.xlsx", defaults={"kind": "xlsx"})
def export(kind: str) -> Response:
    """All that is found, as a file."""
    filter, zone = _filter(), services().settings.zone
    try:
        entries = services().chronicle.export(officer(), filter)
    except NotThere:
        raise
    except Refused as refused:
        return _shown(filter, 422, slip=refusal(refused, say()))
    write, mime = (record_as_csv, CSV) if kind == "csv" else (record_as_xlsx, XLSX)
    return download(write(entries, say(), zone), mime, f"catatan-{filter.since}-{filter.until}.{kind}")


def _shown(filter: RecordFilter, status: int = 200, *, slip: str = "") -> Response:
    page = services().chronicle.page(officer(), filter, page_asked())
    regions = services().regions.children(officer().territory.region_code)
    facts = {"kinds": tuple(RecordKind), "roles": tuple(Role), "regions": regions, "query": _query(filter)}
    return show_office("office/record.html", status, page=page, filter=filter, slip=slip, **facts)


def _filter() -> RecordFilter:
    """What the address asks for; what is none of it asks for the last thirty days and everything."""
    asked, today = request.args, services().chronicle.today()
    until = _day("sampai", today)
    since = min(_day("dari", until - SHOWN), until)
    kinds, roles = {str(one): one for one in RecordKind}, {str(one): one for one in Role}
    chosen = kinds.get(asked.get("jenis", "")), roles.get(asked.get("jabatan", ""))
    return RecordFilter(since, until, *chosen, region=asked.get("wilayah", "")[:13])


def _day(name: str, default: date) -> date:
    try:
        day = date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return default
    return day if 2000 <= day.year < 2200 else default


def _query(filter: RecordFilter) -> str:
    told = {
        "dari": filter.since,
        "sampai": filter.until,
        "jenis": filter.kind or "",
        "jabatan": filter.role or "",
        "wilayah": filter.region,
    }
    return urlencode({name: value for name, value in told.items() if value})
