"""Sittings on the desk: what is to come, and planning one by hand: a form, then a draft that is looked at beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue

from salur.core.errors import FieldRefused, Meanwhile, NothingFits, NotThere, Refused
from salur.core.officers.roles import Role
from salur.core.pages import Page
from salur.core.payouts.answers import AnnouncedSitting, FileState
from salur.core.payouts.planning.answers import LookedAt, PlanKind
from salur.core.regions.search import squeeze
from salur.core.uploads.kinds import UploadKind
from salur.web.context import page_asked, services
from salur.web.guard import guarded, officer, show_office
from salur.web.locale import say
from salur.web.planning.sitting_form import NewForm, SplitForm, WhenForm, form_for
from salur.words.payouts.areas import in_brief
from salur.words.payouts.planning import asked
from salur.words.refusals import SLIPS, refusal

blueprint = guarded(Blueprint("sittings_desk", __name__), Role.DINSOS)
HOME = "/kantor/jadwal"
ONE = f"{HOME}/<int(max=2147483647):id>"
DRAFT = f"{HOME}/konsep/<int(max=2147483647):id>"
PAGE, SEARCH_LENGTH, FILES_SHOWN = 20, 60, 10
FIELDS = {"place": "place", "region_code": "region", "going": "going", "parts": "going_numbers"}


@blueprint.get(HOME)
def home() -> Response:
    """What is to come (or over, `lewat`), drafts that wait, what was sent, and what was published."""
    wanted = request.args.get("cari", "")[:SEARCH_LENGTH].strip()
    over = request.args.get("lewat") == "1"
    sittings = [one for one in services().planning.board(officer(), over=over) if _is_wanted(one, wanted)]
    files = services().planning.files(officer())
    form = NewForm(formdata=None)
    form.offer(say())
    form.part.data = ""
    return show_office(
        "planning/board.html",
        page=Page.cut(page_asked(), sittings, PAGE),
        wanted=wanted,
        over=over,
        drafts=[one for one in files if one.state is FileState.DRAFT],
        files=[one for one in files if one.state is not FileState.DRAFT][:FILES_SHOWN],
        uploads=services().uploads.all(officer().territory.region_code, UploadKind.SCHEDULE),
        form=form,
        now=services().clock(),
        usernames=services().accounts.usernames(),
        done=request.args.get("selesai"),
    )


@blueprint.route(f"{HOME}/baru", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """A sitting is announced: the form, then its draft."""

    def plan(form: WhenForm) -> int:
        told = cast("NewForm", form)
        when = told.when()
        programme = told.programme.data or ""
        return services().planning.announce(officer(), programme, told.period, told.whom, when, instead=told.earlier)

    return _planned(PlanKind.NEW, None, plan)


@blueprint.get(ONE)
def one(id: int) -> ResponseReturnValue:
    """One sitting as residents read it, and what may be done with it."""
    return show_office("planning/sitting.html", announced=services().planning.show(officer(), id), id=id)


@blueprint.route(f"{ONE}/pindah", methods=["GET", "POST"])
def move(id: int) -> ResponseReturnValue:
    """Another day, hour or place."""
    announced = services().planning.show(officer(), id)

    def plan(form: WhenForm) -> int:
        return services().planning.move(officer(), id, form.when(), instead=form.earlier)

    return _planned(PlanKind.MOVE, announced, plan, id)


@blueprint.route(f"{ONE}/bagi", methods=["GET", "POST"])
def split(id: int) -> ResponseReturnValue:
    """Some come at another time."""
    announced = services().planning.show(officer(), id)

    def plan(form: WhenForm) -> int:
        told = cast("SplitForm", form)
        return services().planning.split(officer(), id, told.chosen, told.parts, told.when(), instead=told.earlier)

    return _planned(PlanKind.SPLIT, announced, plan, id)


@blueprint.post(f"{ONE}/batal")
def cancel(id: int) -> ResponseReturnValue:
    """It will not be held: a draft, which says so to residents when it is published."""
    return redirect(f"{HOME}/konsep/{services().planning.cancel(officer(), id)}", 303)


@blueprint.get(f"{ONE}/batal")
def no_page(id: int) -> ResponseReturnValue:
    """What was sent there has no address of its own."""
    return redirect(f"{HOME}/{id}", 303)


@blueprint.get(DRAFT)
def draft(id: int) -> ResponseReturnValue:
    """A schedule: what it changes as residents will read it, beside its form; or what became of it."""
    return _draft_shown(services().planning.look(officer(), id))


@blueprint.post(f"{DRAFT}/terbitkan")
def publish(id: int) -> ResponseReturnValue:
    """Residents see it from now on."""
    looked = services().planning.look(officer(), id)
    agreed = all(name in request.form for name, _ in asked(looked.asked, say()))
    try:
        if looked.asked and not agreed:
            raise Refused("not_agreed")
        services().planning.publish(officer(), id, request.form.get("dilihat", ""), agreed=agreed)
    except NotThere:
        raise
    except Refused as refused:
        return _draft_shown(services().planning.look(officer(), id), refusal(refused, say()))
    return redirect(f"{HOME}/konsep/{id}?selesai=terbit", 303)


@blueprint.post(f"{DRAFT}/urungkan")
def take_back(id: int) -> ResponseReturnValue:
    """As it was before; a draft is put away."""
    try:
        services().planning.take_back(officer(), id)
    except NotThere:
        raise
    except Refused as refused:
        return _draft_shown(services().planning.look(officer(), id), refusal(refused, say()))
    return redirect(f"{HOME}/konsep/{id}?selesai=urung", 303)


@blueprint.get(f"{DRAFT}/<path:_>")
def no_draft_page(id: int, _: str) -> ResponseReturnValue:
    """What was sent there has no address of its own."""
    return redirect(f"{HOME}/konsep/{id}", 303)


def _planned(
    kind: PlanKind, announced: AnnouncedSitting | None, plan: Callable[[WhenForm], int], id: int | None = None
) -> ResponseReturnValue:
    """The form, or from a form that is right to its draft."""
    form = form_for(kind, say(), announced)
    if request.method == "GET":
        if announced is not None:
            form.propose(announced)
        return _form_shown(kind, form, announced, id, status=200)
    if not form.validate():
        return _form_shown(kind, form, announced, id)
    try:
        return redirect(f"{HOME}/konsep/{plan(form)}", 303)
    except FieldRefused as refused:
        wrong = form[FIELDS[refused.field]]
        wrong.errors = [*wrong.errors, SLIPS[refused.code]]
        return _form_shown(kind, form, announced, id)
    except NotThere as gone:
        return _form_shown(kind, form, announced, id, slip=refusal(gone, say()))
    except NothingFits as nothing:
        return _form_shown(kind, form, announced, id, slip=refusal(nothing, say()))
    except Refused as refused:
        return _form_shown(kind, form, announced, id, slip=refusal(refused, say()))


def _form_shown(
    kind: PlanKind,
    form: WhenForm,
    announced: AnnouncedSitting | None,
    id: int | None,
    *,
    status: int = 422,
    slip: str | None = None,
) -> Response:
    values = {"kind": kind, "form": form, "announced": announced, "id": id, "slip": slip}
    return show_office("planning/plan.html", status, looked=None, **values)


def _draft_shown(looked: LookedAt, slip: str | None = None) -> Response:
    """With the form of what was planned by hand, filled in."""
    form, announced, plan = None, None, looked.plan
    kind, id = (plan.kind, plan.sitting) if plan is not None else (None, None)
    if looked.file.state is FileState.DRAFT and plan is not None and plan.when is not None:
        try:
            announced = services().planning.show(officer(), id) if id is not None else None
            form = form_for(plan.kind, say(), announced, anew=True)
            form.fill(plan, looked.file.id)
        except (NotThere, Meanwhile):
            form = None  # what was to be moved stands no more; the draft says so
    return show_office(
        "planning/plan.html",
        422 if slip else 200,
        kind=kind,
        form=form,
        announced=announced,
        id=id,
        looked=looked,
        slip=slip,
        usernames=services().accounts.usernames(),
        done=request.args.get("selesai"),
    )


def _is_wanted(announced: AnnouncedSitting, wanted: str) -> bool:
    texts = (announced.programme_name, announced.programme, announced.sitting.place.name, in_brief(announced.areas))
    return not wanted or any(squeeze(wanted) in squeeze(text) for text in texts)
