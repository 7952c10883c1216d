"""The inbox of proposals: what waits for this office, one proposal as a whole, and the decision on it."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from salur import words
from salur.core.errors import Refused
from salur.core.proposal_cases import Decided, Tab
from salur.core.proposal_steps import LEVEL_OF, Step
from salur.core.roles import CHAIN
from salur.web.context import page_asked, services
from salur.web.guard import guarded, officer, show_office
from salur.web.locale import say

blueprint = guarded(Blueprint("inbox", __name__), *CHAIN)
PARTS = {"": Tab.WAITING, "berjalan": Tab.ELSEWHERE, "selesai": Tab.CLOSED}
ID = "int(max=9223372036854775807)"  # the largest number a column of ids holds


@blueprint.get("/kotak")
def inbox() -> Response:
    """One part of the inbox: what waits first of all."""
    tab = PARTS.get(request.args.get("bagian", ""), Tab.WAITING)
    found = services().inbox.page(officer(), tab, page_asked())
    return show_office("inbox.html", inbox=found, parts=PARTS, tab=tab)


@blueprint.get(f"/kotak/<{ID}:id>")
def case(id: int) -> Response:
    """One proposal, and the buttons to decide with."""
    return _case(id)


@blueprint.post(f"/kotak/<{ID}:id>")
def decide(id: int) -> ResponseReturnValue:
    """Take the decision that was made on the page, unless someone was faster."""
    fields = request.form
    step, version = _step(fields.get("keputusan", "")), fields.get("versi", "")
    try:
        services().inbox.decide(
            officer(),
            id,
            step,
            version=int(version) if version.isdecimal() and len(version) < 7 else 0,
            reason=fields.get("alasan"),
            words=fields.get("kata", ""),
        )
    except Refused as error:
        if error.code.startswith("no_such_"):
            raise
        return _case(id, 409 if error.code == "meanwhile" else 422, error=error, tried=step)
    return redirect(f"/kotak/{id}/selesai", 303)


@blueprint.get(f"/kotak/<{ID}:id>/selesai")
def decided(id: int) -> ResponseReturnValue:
    """What came of the decision. Read from the history, so that the page can be loaded again."""
    shown, own = services().inbox.show(officer(), id), LEVEL_OF[officer().role]
    last = shown.history[-1]
    if last.level is not own:
        return redirect(f"/kotak/{id}", 303)
    done = Decided(shown.entry.kind, last.step, shown.entry.holder, shown.entry.outcome)
    return show_office(
        "inbox_decided.html", case=shown, done=done, waiting=services().inbox.page(officer()).counts.waiting
    )


@blueprint.get(f"/kotak/<{ID}:id>/foto/<{ID}:photo>")
def photo(id: int, photo: int) -> Response:
    """One photo of a house."""
    response = Response(services().inbox.photo(officer(), id, photo), mimetype="image/jpeg")
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Disposition"] = "inline"
    return response


def _case(id: int, status: int = 200, error: Refused | None = None, tried: Step | None = None) -> Response:
    """The page of one proposal; after a refusal with what was typed, where that can still be sent."""
    typed = {name: request.form.get(name, "") for name in ("alasan", "kata")}
    problem = words.inbox.refused(error, say()) if error is not None else None
    shown = services().inbox.show(officer(), id)
    return show_office("inbox_case.html", status, case=shown, problem=problem, tried=tried, typed=typed)


def _step(named: str) -> Step:
    """The decision that a form names. Raises NotFound for what no button of ours sends."""
    try:
        return Step(named)
    except ValueError:
        raise NotFound from None
