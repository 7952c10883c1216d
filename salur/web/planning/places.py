"""Places on the desk: all of them, one with its form and history, two that are one."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from salur.core.errors import FieldRefused, Meanwhile, NotThere, Refused
from salur.core.officers.roles import Role
from salur.core.pages import Page
from salur.core.payouts.places.answers import KeptPlace
from salur.web.context import page_asked, services
from salur.web.guard import guarded, officer, show_office
from salur.web.http.headers import may_ask_position
from salur.web.locale import say
from salur.web.planning.place_form import PlaceForm, number_of
from salur.words.refusals import SLIPS, refusal

blueprint = guarded(Blueprint("places_desk", __name__), Role.DINSOS)
HOME = "/kantor/tempat"
ONE = f"{HOME}/<int(max=2147483647):id>"
PAGE, SEARCH_LENGTH, TWINS_SHOWN = 20, 60, 5
FIELDS = {"region_code": "region", "name": "name"}


@blueprint.get(HOME)
def home() -> Response:
    """All places, or those that are looked for; those that may be one on top."""
    wanted = request.args.get("cari", "")[:SEARCH_LENGTH].strip()
    page = Page.cut(page_asked(), services().places.all(officer(), wanted), PAGE)
    twins = () if wanted else services().places.twins(officer())
    return show_office(
        "planning/places.html",
        page=page,
        wanted=wanted,
        twins=twins[:TWINS_SHOWN],
        more_twins=len(twins) - TWINS_SHOWN,
        done=request.args.get("selesai"),
    )


@blueprint.route(f"{HOME}/baru", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """A new place; where one is alike, that is asked about first."""
    form = PlaceForm()
    form.offer()
    if request.method == "GET":
        return _form_shown(form, 200)
    if not form.validate():
        return _form_shown(form)
    try:
        id = services().places.add(officer(), form.facts(), is_another=bool(form.agreed.data))
    except FieldRefused as refused:
        return _form_shown(form, field=refused)
    except Refused as refused:
        return _form_shown(form, slip=refusal(refused, say()), alike=refused.facts.get("places"))
    return redirect(f"{HOME}/{id}?selesai=baru", 303)


@blueprint.route(ONE, methods=["GET", "POST"])
def one(id: int) -> ResponseReturnValue:
    """One place: its form, what is to come there, and what was done with it."""
    kept = services().places.show(officer(), id)
    if kept.merged_into is not None:
        return redirect(f"{HOME}/{kept.merged_into}", 303)
    form = PlaceForm()
    form.offer()
    if request.method == "GET":
        form.fill(kept, say())
        return _form_shown(form, 200, kept=kept)
    if not form.validate():
        return _form_shown(form, kept=kept)
    try:
        services().places.change(officer(), id, form.facts(kept), form.steps_seen, moves=bool(form.agreed.data))
    except FieldRefused as refused:
        return _form_shown(form, kept=kept, field=refused)
    except Meanwhile as refused:
        form.seen.data = str(kept.seen)
        return _form_shown(form, kept=kept, slip=refusal(refused, say()))
    except Refused as refused:
        return _form_shown(form, kept=kept, slip=refusal(refused, say()), moves=True)
    return redirect(f"{HOME}/{id}?selesai=ubah", 303)


@blueprint.get(f"{ONE}/gabung")
def merge_asked(id: int) -> ResponseReturnValue:
    """What merging would do, side by side; the other is chosen here where none is yet (`ke`)."""
    kept, other = services().places.show(officer(), id), number_of(request.args.get("ke"))
    if kept.merged_into is not None:
        return redirect(f"{HOME}/{kept.merged_into}", 303)
    return _merge_shown(kept, other)


@blueprint.post(f"{ONE}/gabung")
def merge(id: int) -> ResponseReturnValue:
    """Two are one: the sittings follow."""
    into = number_of(request.form.get("ke"))
    seen = (number_of(request.form.get("dilihat")), number_of(request.form.get("dilihat-ke")))
    try:
        services().places.merge(officer(), id, into, seen)
    except NotThere:
        raise NotFound from None
    except Refused as refused:
        kept = services().places.show(officer(), id)
        return _merge_shown(kept, into, refusal(refused, say()))
    return redirect(f"{HOME}/{into}?selesai=gabung", 303)


@blueprint.post(f"{ONE}/beda")
def tell_apart(id: int) -> ResponseReturnValue:
    """They are two; they are proposed no more."""
    services().places.tell_apart(officer(), id, number_of(request.form.get("lain")))
    return redirect(f"{HOME}?selesai=beda", 303)


@blueprint.post(f"{ONE}/urungkan")
def undo(id: int) -> ResponseReturnValue:
    """The last step is taken back."""
    try:
        services().places.undo(officer(), id, number_of(request.form.get("langkah")))
    except NotThere:
        raise NotFound from None
    except Refused as refused:
        kept = services().places.show(officer(), id)
        form = PlaceForm(formdata=None)
        form.offer()
        form.fill(kept, say())
        return _form_shown(form, kept=kept, slip=refusal(refused, say()))
    return redirect(f"{HOME}/{id}?selesai=urung", 303)


@blueprint.get(f"{ONE}/<path:_>")
def no_page(id: int, _: str) -> ResponseReturnValue:
    """What was sent there has no address of its own."""
    return redirect(f"{HOME}/{id}", 303)


def _form_shown(
    form: PlaceForm,
    status: int = 422,
    *,
    kept: KeptPlace | None = None,
    slip: str | None = None,
    field: FieldRefused | None = None,
    alike: object = None,
    moves: bool = False,
) -> Response:
    if field is not None:
        wrong = form[FIELDS[field.field]]
        wrong.errors = [*wrong.errors, SLIPS[field.code]]
    places = services().places
    values = {
        "form": form,
        "kept": kept,
        "slip": slip,
        "moves": moves,
        "alike": [places.show(officer(), one) for one in alike] if isinstance(alike, list) else [],
        "known": field.facts.get("place") if field is not None else None,
        "history": places.history(officer(), kept.id) if kept else (),
        "usernames": services().accounts.usernames(),
        "done": request.args.get("selesai"),
    }
    return may_ask_position(show_office("planning/place.html", status, **values))


def _merge_shown(kept: KeptPlace, other: int, slip: str | None = None) -> Response:
    places = [one for one in services().places.all(officer()) if one.id != kept.id]
    chosen = next((one for one in places if one.id == other), None)
    status = 422 if slip else 200
    return show_office("planning/merge.html", status, kept=kept, other=chosen, places=places, slip=slip)
