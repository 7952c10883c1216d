"""Marks: made from a row of the list, taken back while nobody has handled them, confirmed and handled above."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from salur.core.errors import FieldRefused, NotThere, Refused
from salur.core.limits.kinds import Door
from salur.core.marks.kinds import CONFIRMERS, MAKERS, READERS, MarkKind, MarkState, Outcome
from salur.core.officers.roles import Role
from salur.web.context import ROW_ID, page_asked, services
from salur.web.guard import guarded, officer, only, show_office
from salur.web.marks.forms import MarkForm
from salur.web.neighbourhood.filter import Asked
from salur.web.neighbourhood.pages import shown
from salur.words.refusals import SLIPS

blueprint = guarded(Blueprint("marks", __name__), *READERS)
Choice = TypeVar("Choice", bound=StrEnum)


@blueprint.route(f"/wilayah/tandai/<{ROW_ID}:id>", methods=["GET", "POST"])
@only(*MAKERS)
def mark_person(id: int) -> ResponseReturnValue:
    """One person of the list: what is known of them that the list does not say."""
    # From a search one comes by a form: the name that was searched for stands in no address.
    opened = request.method == "GET" or "buka" in request.form
    asked = Asked.in_form(request.values) if request.form else Asked.in_address(request.args)
    form = MarkForm(formdata=None) if opened else MarkForm()
    problem = None
    if not opened and form.validate():
        try:
            made = services().marks.make(officer(), id, form.chosen, note=form.note.data, care=form.reason)
        except NotThere:
            raise
        except FieldRefused as error:
            form[error.field].errors = [SLIPS[error.code]]
        except Refused as error:
            problem = SLIPS[error.code]
        else:
            if asked.filter.is_search:
                return shown(asked, made=(form.chosen, str(made)))
            return redirect(
                asked.address(hal=asked.page if asked.page > 1 else "", ditandai=form.chosen, tanda=made), 303
            )
    person = services().marks.person(officer(), id, door=Door.SITE)
    return show_office(
        "marks/person.html", 200 if opened else 422, form=form, person=person, problem=problem, asked=asked
    )


@blueprint.get("/tanda")
def inbox() -> Response:
    """The marks of the territory: those that wait first."""
    state, kind = _chosen(MarkState, "keadaan"), _chosen(MarkKind, "jenis")
    found = services().marks.inbox(officer(), state=state, kind=kind, page=page_asked(), door=Door.SITE)
    return show_office("marks/inbox.html", inbox=found, state=state, kind=kind, done=request.args.get("selesai", ""))


@blueprint.post(f"/tanda/<{ROW_ID}:id>/batal")
@only(*MAKERS)
def take_back(id: int) -> ResponseReturnValue:
    """Take a mark back."""
    services().marks.take_back(officer(), id)
    return redirect("/tanda?selesai=batal", 303)


@blueprint.post(f"/tanda/<{ROW_ID}:id>/benar")
@only(*CONFIRMERS)
def confirm(id: int) -> ResponseReturnValue:
    """Say that it is so; it goes on up."""
    services().marks.confirm(officer(), id, note=request.form.get("catatan"))
    return redirect("/tanda?selesai=benar", 303)


@blueprint.post(f"/tanda/<{ROW_ID}:id>/selesai")
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
