"""Marks: made from a row of the list, taken back while nobody has handled them, confirmed and handled above."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from salur import words
from salur.core.errors import Refused
from salur.core.mark_kinds import CONFIRMERS, MAKERS, READERS, MarkKind, MarkState, Outcome
from salur.core.roles import Role
from salur.web.context import page_asked, services
from salur.web.guard import guarded, officer, only, show_office
from salur.web.mark_forms import MarkForm

blueprint = guarded(Blueprint("marks", __name__), *READERS)
ID = "int(max=9223372036854775807)"  # the largest id a database column holds
Choice = TypeVar("Choice", bound=StrEnum)


@blueprint.route(f"/wilayah/tandai/<{ID}:id>", methods=["GET", "POST"])
@only(*MAKERS)
def mark_person(id: int) -> ResponseReturnValue:
    """One person of the list: what is known of him that the list does not say."""
    form = MarkForm()
    problem = None
    if form.validate_on_submit():
        try:
            made = services().marks.make(officer(), id, form.chosen, note=form.note.data, care=form.reason)
        except Refused as error:
            if error.code.startswith("no_such_"):
                raise
            field = {"care_missing": form.care, "note_too_long": form.note, "number_in_note": form.note}.get(error.code)
            slip = words.SLIPS[error.code]
            if field is not None:
                field.errors = [slip]
            problem = None if field is not None else slip
        else:
            return redirect(f"/wilayah?ditandai={form.chosen}&tanda={made}", 303)
    person = services().marks.person(officer(), id)
    return show_office(
        "mark_person.html", 422 if form.is_submitted() else 200, form=form, person=person, problem=problem
    )


@blueprint.get("/tanda")
def inbox() -> Response:
    """The marks of the territory: those that wait first."""
    state, kind = _chosen(MarkState, "keadaan"), _chosen(MarkKind, "jenis")
    found = services().marks.inbox(officer(), state=state, kind=kind, page=page_asked())
    return show_office("marks.html", inbox=found, state=state, kind=kind, done=request.args.get("selesai", ""))


@blueprint.post(f"/tanda/<{ID}:id>/batal")
@only(*MAKERS)
def take_back(id: int) -> ResponseReturnValue:
    """Take a mark back."""
    services().marks.take_back(officer(), id)
    return redirect("/tanda?selesai=batal", 303)


@blueprint.post(f"/tanda/<{ID}:id>/benar")
@only(*CONFIRMERS)
def confirm(id: int) -> ResponseReturnValue:
    """Say that it is so; it goes on up."""
    services().marks.confirm(officer(), id, note=request.form.get("catatan"))
    return redirect("/tanda?selesai=benar", 303)


@blueprint.post(f"/tanda/<{ID}:id>/selesai")
@only(Role.KELURAHAN, Role.DINSOS)
def handle(id: int) -> ResponseReturnValue:
    """Close a mark, and say what came of it."""
    outcome = next((one for one in Outcome if one == request.form.get("hasil")), None)
    if outcome is None:
        raise BadRequest
    services().marks.handle(officer(), id, outcome, note=request.form.get("catatan"))
    return redirect("/tanda?selesai=selesai", 303)


def _chosen(options: type[Choice], name: str) -> Choice | None:
    """A filter from the address; none for anything unknown."""
    asked = request.args.get(name)
    return next((option for option in options if option == asked), None)
