"""Lists on the desk: what publishing changes, putting in force, taking back, and who did what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from salur.core.errors import FieldRefused, NotThere, Refused
from salur.core.jobs.answers import Job
from salur.core.limits.kinds import Door
from salur.core.lists.answers import AT_ONCE, Agreement, Change, Corrected, ListSummary
from salur.core.lists.kinds import ListState
from salur.core.officers.roles import Role
from salur.core.pages import Page
from salur.documents.fault_workbook import write_faults
from salur.documents.list_workbook import XLSX
from salur.web.context import page_asked, services
from salur.web.guard import guarded, officer, show_office
from salur.web.http.downloads import download
from salur.web.locale import say
from salur.web.operators.lists.files import HOME
from salur.words.lists.faults import explain_fault
from salur.words.lists.refusals import why_not

blueprint = guarded(Blueprint("list_desk", __name__), Role.DINSOS)
ONE = f"{HOME}/<int(max=9223372036854775807):id>"
PAGE, FAULTY_SHOWN, LONGEST_REASON = 25, 50, 500


@blueprint.get(HOME)
def home() -> Response:
    """Sending files, what waits of them, and all lists."""
    uploads = services().uploads.all(officer().territory.region_code)
    mine = [summary for summary in services().lists.all() if is_mine(summary)]
    page = Page.cut(page_asked(), mine, PAGE)
    return show_office("operators/lists.html", uploads=uploads, page=page, now=services().clock())


@blueprint.get(ONE)
def show(id: int) -> Response:
    """One list: how it stands, what publishing it would change, what is wrong, and its history."""
    return _shown(mine(id))


@blueprint.post(f"{ONE}/terbitkan")
def publish(id: int) -> ResponseReturnValue:
    """Put a draft in force, as it was agreed to."""
    summary = mine(id)
    try:
        change = services().ahead.change(id, by=officer().account)
        if isinstance(change, Job):
            raise Refused("change_under_way")
        agreed = all(f"setuju-{reason}" in request.form for reason in change.reasons)
        looked_at = "keadaan" in request.form
        seen = Agreement(id, _digest(request.form), yes=agreed and bool(change.reasons), states=looked_at)
        at = _time(request.form.get("pada", ""))
        if at is None and summary.people <= AT_ONCE:
            services().lists.publish(seen, by=officer().account)
        else:
            services().publishing.plan(seen, by=officer().account, at=at)
            return redirect(f"{HOME}/{id}?selesai=rencana", 303)
    except Refused as refused:
        return _shown(mine(id), slip=why_not(refused, {**refused.facts, "list": summary.id}, say()))
    return redirect(f"{HOME}/{id}?selesai=terbit", 303)


@blueprint.post(f"{ONE}/hitung")
def work_out(id: int) -> ResponseReturnValue:
    """What it changes is worked out once more, where that failed."""
    mine(id)
    services().ahead.begin(id, by=officer().account)
    return redirect(f"{HOME}/{id}", 303)


@blueprint.post(f"{ONE}/rencana")
def call_off(id: int) -> ResponseReturnValue:
    """Publish it not, after all."""
    mine(id)
    services().publishing.call_off(id, by=officer().account)
    return redirect(f"{HOME}/{id}", 303)


@blueprint.post(f"{ONE}/batalkan", defaults={"step": "undo"})
@blueprint.post(f"{ONE}/tarik", defaults={"step": "withdraw"})
@blueprint.post(f"{ONE}/pulihkan", defaults={"step": "restore"})
def take_back(id: int, step: str) -> ResponseReturnValue:
    """Undo a publishing, withdraw a list, or bring one back; each with a reason."""
    summary, why = mine(id), " ".join(request.form.get("sebab", "").split())[:LONGEST_REASON]
    lists, by = services().lists, officer().account
    try:
        if not why:
            raise Refused("reason_missing")
        if step == "undo":
            lists.undo(id, why, by=by)
        elif step == "withdraw":
            lists.withdraw(id, why, by=by)
        else:
            lists.restore(id, why, by=by)
    except Refused as refused:
        return _shown(summary, slip=why_not(refused, refused.facts, say()))
    return redirect(f"{HOME}/{id}?selesai={step}", 303)


@blueprint.post(f"{ONE}/salah.xlsx")
def faults(id: int) -> ResponseReturnValue:
    """The faulty rows of a list, for the sender."""
    mine(id)
    header, rows = services().lists.faulty_rows(id)
    explained = [(r.row, r.cells, [explain_fault(*one.partition(":")[::2]) for one in r.reasons]) for r in rows]
    content = BytesIO()
    write_faults(content, explained, header)
    return download(content.getvalue(), XLSX, f"daftar-{id}-baris-salah.xlsx")


@blueprint.get(f"{ONE}/<path:_>")
def no_page(id: int, _: str) -> ResponseReturnValue:
    """What was sent there has no address of its own."""
    return redirect(f"{HOME}/{id}", 303)


def is_mine(summary: ListSummary) -> bool:
    """Whether a list is of the office's region, lies around it, or says of no place."""
    mine = officer().territory.region_code
    return summary.area.startswith(mine) or mine.startswith(summary.area)


def mine(id: int) -> ListSummary:
    """A list of the office's; another is not found."""
    try:
        summary = services().lists.show(id)
    except NotThere:
        raise NotFound from None
    if not is_mine(summary):
        raise NotFound
    return summary


def _others(summary: ListSummary) -> list[ListSummary]:
    """What it can be compared with: those of its programme first, the newest of all first."""
    mine = [one for one in services().lists.all() if one.id != summary.id and is_mine(one)]
    return sorted(mine, key=lambda one: (one.programme != summary.programme, -one.id))


def _time(typed: str) -> datetime | None:
    """The moment that was typed, on the city's clock; None where none was. Raises FieldRefused(`time_unclear`)."""
    if not typed.strip():
        return None
    try:
        return datetime.fromisoformat(typed.strip()).replace(tzinfo=services().settings.zone)
    except ValueError:
        raise FieldRefused("at", "time_unclear") from None


def _digest(form: Mapping[str, str]) -> bytes:
    try:
        return bytes.fromhex(form.get("dilihat", ""))
    except ValueError:
        return b""


def _corrected(summary: ListSummary) -> tuple[Corrected, ...]:
    """What a correcting list says of each person; those who are seen are written down."""
    if summary.corrects is None:
        return ()
    return services().dossiers.corrected(officer(), summary.id, door=Door.SITE)


def _shown(summary: ListSummary, slip: str | None = None) -> Response:
    change: Change | Job | None = None
    refused: str | None = None
    if summary.state is ListState.DRAFT:
        try:
            change = services().ahead.change(summary.id, by=officer().account)
        except Refused as why:
            refused = why_not(why, why.facts, say())
    working, change = (change, None) if isinstance(change, Job) else (None, change)
    return show_office(
        "operators/list.html",
        422 if slip else 200,
        summary=summary,
        change=change,
        working=working,
        now=services().clock(),
        planned=services().publishing.planned(summary.id) if summary.state is ListState.DRAFT else None,
        doubles=services().ahead.doubles(summary.id) if change else (),
        may_publish=services().lists.may_publish(summary.id, officer().account),
        refused=refused,
        notes=services().lists.notes(summary.id) if change else [],
        others=_others(summary),
        history=services().lists.history(summary.id),
        corrected=_corrected(summary),
        corrections=[one for one in services().lists.all() if one.corrects == summary.id and one.part_of is None],
        kelurahan=services().dossiers.kelurahan(officer(), summary.id),
        usernames=services().accounts.usernames(),
        slip=slip,
        done=request.args.get("selesai"),
    )
