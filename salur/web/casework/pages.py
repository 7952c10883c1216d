"""The inbox of proposals: what waits for this office, one proposal as a whole, and the decision on it."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from salur.core.casework.answers import Decided
from salur.core.errors import Meanwhile, NotThere, Refused
from salur.core.limits.kinds import Door
from salur.core.officers.roles import CHAIN, Role
from salur.core.proposals.kinds import LEVEL_OF, Step
from salur.core.regions.region import REGENCY, Region
from salur.documents.inbox_workbook import inbox_as_xlsx
from salur.documents.list_workbook import XLSX
from salur.web.casework.filter import Asked
from salur.web.context import page_asked, services
from salur.web.guard import guarded, officer, only, show_office
from salur.web.http.downloads import download
from salur.web.locale import say
from salur.words.casework import cases

blueprint = guarded(Blueprint("inbox", __name__), *CHAIN)
ID = "int(max=9223372036854775807)"  # the largest number a column of ids holds


@blueprint.get("/kotak")
def inbox() -> Response:
    """One part of the inbox: what waits first of all."""
    asked = Asked.read(request.args)
    found = services().casework.page(officer(), asked.tab, page_asked(), asked.wanted)
    return show_office("casework/inbox.html", inbox=found, asked=asked, districts=_districts())


@blueprint.post("/kotak/unduh.xlsx")
@only(Role.DINSOS)
def workbook() -> Response:
    """All that is wanted, as a workbook; written down each time, so it has no address."""
    asked, now = Asked.read(request.form), services().clock().astimezone(services().settings.zone)
    entries = services().casework.export(officer(), asked.tab, asked.wanted, door=Door.SITE)
    return download(inbox_as_xlsx(entries, officer(), say(), now), XLSX, f"pengajuan-{now:%Y-%m-%d}.xlsx")


@blueprint.get("/kotak/unduh.xlsx")
def workbook_again() -> ResponseReturnValue:
    """A copy has no address."""
    return redirect("/kotak", 303)


@blueprint.get(f"/kotak/<{ID}:id>")
def case(id: int) -> Response:
    """One proposal, and the buttons to decide with."""
    return _case(id)


@blueprint.post(f"/kotak/<{ID}:id>")
def decide(id: int) -> ResponseReturnValue:
    """Take the decision that was made on the page, unless someone was faster."""
    fields = request.form
    step = _step(fields.get("keputusan", ""))
    try:
        services().casework.decide(
            officer(),
            id,
            step,
            version=_version(),
            reason=fields.get("alasan"),
            words=fields.get("kata", ""),
        )
    except NotThere:
        raise
    except Refused as error:
        return _case(id, 409 if isinstance(error, Meanwhile) else 422, error=error, tried=step)
    return redirect(f"/kotak/{id}/selesai", 303)


@blueprint.post(f"/kotak/<{ID}:id>/batal")
def undo(id: int) -> ResponseReturnValue:
    """Take back the decision that was made last, if it still can be."""
    try:
        services().casework.undo(officer(), id, version=_version())
    except NotThere:
        raise
    except Refused as error:
        return _case(id, 409, error=error)
    return redirect(f"/kotak/{id}/selesai", 303)


@blueprint.get(f"/kotak/<{ID}:id>/selesai")
def decided(id: int) -> ResponseReturnValue:
    """What came of the decision. Read from the history, so that the page can be loaded again."""
    shown, own = services().casework.show(officer(), id, door=Door.SITE), LEVEL_OF[officer().role]
    last = shown.history[-1]
    if last.level is not own:
        return redirect(f"/kotak/{id}", 303)
    done = Decided(shown.entry.kind, last.step, shown.entry.holder, shown.entry.outcome)
    return show_office(
        "casework/decided.html", case=shown, done=done, waiting=services().casework.count(officer()).waiting
    )


@blueprint.get(f"/kotak/<{ID}:id>/foto/<{ID}:photo>")
def photo(id: int, photo: int) -> Response:
    """One photo of a house."""
    response = Response(services().casework.photo(officer(), id, photo), mimetype="image/jpeg")
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Disposition"] = "inline"
    return response


def _districts() -> tuple[Region, ...]:
    """The kecamatan to choose from; none for those who have one only."""
    own = officer().territory.region_code
    return services().regions.children(own) if len(own) == REGENCY else ()


def _case(id: int, status: int = 200, error: Refused | None = None, tried: Step | None = None) -> Response:
    """The page of one proposal; after a refusal with what was typed, where that can still be sent."""
    typed = {name: request.form.get(name, "") for name in ("alasan", "kata")}
    problem = cases.refused(error, say()) if error is not None else None
    shown = services().casework.show(officer(), id, door=Door.SITE)
    zone = services().settings.zone
    return show_office("casework/case.html", status, case=shown, zone=zone, problem=problem, tried=tried, typed=typed)


def _version() -> int:
    """What the page was made on, by which the form says it; 0, which is never right, for what no form of ours holds."""
    version = request.form.get("versi", "")
    return int(version) if version.isdecimal() and len(version) < 7 else 0


def _step(named: str) -> Step:
    """The decision that a form names. Raises NotFound for what no button of ours sends."""
    try:
        return Step(named)
    except ValueError:
        raise NotFound from None
