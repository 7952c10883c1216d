"""Plans on the desk: all of them, the form of one, and how far a large one is. The form works a step at a time:
whatever button is pressed, all that was typed comes back."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue

from salur.core.errors import FieldRefused, NotThere, Refused
from salur.core.officers.roles import Role
from salur.core.payouts.answers import FileState
from salur.core.payouts.spreading.answers import Made
from salur.core.regions.region import Region
from salur.web.context import ROW_ID, number_asked, services
from salur.web.guard import guarded, officer, show_office
from salur.web.locale import say
from salur.web.plans import typed as typing
from salur.web.plans.form import PatternForm, PlanForm
from salur.words.payouts.spreading import SPREADING_SLIPS
from salur.words.refusals import SLIPS, refusal

blueprint = guarded(Blueprint("plans_desk", __name__), Role.DINSOS)
HOME = "/kantor/rencana"
JOB = f"{HOME}/hitungan/<{ROW_ID}:id>"
MOST_ID = 2_147_483_647
FIELDS = {"programme": "round", "regions": "areas"}


@blueprint.get(HOME)
def home() -> Response:
    """All plans, and the one that is being worked out."""
    plans = services().spreading.plans(officer())
    return show_office(
        "plans/all.html",
        plans=[one for one in plans if one.state is not FileState.UNDONE],
        gone=[one for one in plans if one.state is FileState.UNDONE],
        newest=services().large_plans.newest(officer()),
        programmes={one.code: one.name for one in services().programmes.all()},
        rounds=services().spreading.rounds(officer()),
        now=services().clock(),
        usernames=services().accounts.usernames(),
        done=request.args.get("selesai"),
    )


@blueprint.route(f"{HOME}/baru", methods=["GET", "POST"])
def form() -> ResponseReturnValue:
    """What is wanted: of a new plan, or of one that is changed (`rencana`, `hitungan`)."""
    desk = _Desk.open()
    if request.method == "GET":
        return desk.shown(_filled(desk))
    typed = typing.Typed(request.form)
    action, _, about = request.form.get("lakukan", "").partition("-")
    if action == "susun":
        return _planned(desk, typed)
    if action == "buat":
        return _made(desk, typed)
    if action == "baris":
        typing.add_alike(typed)
    elif action == "hapus" and about.isascii() and about.isdecimal():
        typing.take_out(typed, int(about[:4]))
    elif action in ("semua", "kosong"):
        typing.tick(typed, about, desk.areas, all_of_them=action == "semua")
    return desk.shown(typed)


@blueprint.get(JOB)
def job(id: int) -> ResponseReturnValue:
    """How far a large plan is; once it is there, the plan."""
    under_way = services().large_plans.show(officer(), id)
    if under_way.draft is not None:
        return redirect(f"{HOME}/{under_way.draft}", 303)
    refused = under_way.job.refused
    slip = refusal(Refused(refused), say()) if refused else None
    return show_office("plans/job.html", under_way=under_way, slip=slip, now=services().clock())


@blueprint.post(f"{JOB}/berhenti")
def stop(id: int) -> ResponseReturnValue:
    """It is not wanted any more."""
    services().large_plans.stop(officer(), id)
    return redirect(f"{HOME}/hitungan/{id}", 303)


@blueprint.get(f"{JOB}/<path:_>")
def no_page(id: int, _: str) -> ResponseReturnValue:
    """What was sent there has no address of its own."""
    return redirect(f"{HOME}/hitungan/{id}", 303)


@dataclass(frozen=True, slots=True)
class _Desk:
    """What there is to choose from."""

    villages: dict[Region, tuple[Region, ...]]

    @classmethod
    def open(cls) -> _Desk:
        return cls(services().regions.villages(officer().territory.region_code))

    @property
    def areas(self) -> list[str]:
        return [one.code for inside in self.villages.values() for one in inside]

    @property
    def names(self) -> dict[str, str]:
        return {one.code: one.name for inside in self.villages.values() for one in inside}

    def forms(self, typed: typing.Typed) -> tuple[PlanForm, PatternForm]:
        """Both, filled in with what was typed."""
        places = services().places.all(officer())
        plan, pattern = PlanForm(formdata=typed), PatternForm(formdata=typed, prefix="g-")
        plan.offer(services().spreading.rounds(officer()), places, self.names, say())
        pattern.offer(places, self.names, say())
        return plan, pattern

    def shown(
        self,
        typed: typing.Typed,
        forms: tuple[PlanForm, PatternForm] | None = None,
        *,
        slip: str | None = None,
        made: Made | None = None,
        status: int = 200,
    ) -> Response:
        """The page."""
        plan, pattern = forms or self.forms(typed)
        values = {"villages": self.villages, "slip": slip, "made": made, "here": f"{HOME}/baru"}
        return show_office("plans/form.html", status, form=plan, pattern=pattern, **values)


def _filled(desk: _Desk) -> typing.Typed:
    """What the form begins with."""
    plan, job = number_asked("rencana", 0, most=MOST_ID), number_asked("hitungan", 0, most=MOST_ID)
    if plan:
        spread = services().spreading.look(officer(), plan)
        instead = plan if spread.state is FileState.DRAFT else None
        return typing.of_wish(spread.wish, desk.areas, desk.names, instead)
    if job:
        under_way = services().large_plans.show(officer(), job)
        return typing.of_wish(under_way.wish, desk.areas, desk.names, under_way.instead)
    rounds = services().spreading.rounds(officer())
    return typing.new(desk.areas, f"{rounds[0].programme}|{rounds[0].period}" if len(rounds) == 1 else "")


def _made(desk: _Desk, typed: typing.Typed) -> Response:
    """Rows of a pattern, below those that there are."""
    plan, pattern = desk.forms(typed)
    made = None
    if pattern.validate():
        try:
            made = services().spreading.make(officer(), pattern.pattern())
        except FieldRefused as refused:
            wrong = pattern[refused.field]
            wrong.errors = [*wrong.errors, SPREADING_SLIPS.get(refused.code) or SLIPS[refused.code]]
    if made is None:
        return desk.shown(typed, (plan, pattern), status=422)
    typing.add(typed, made.sittings, desk.names)
    return desk.shown(typed, made=made)


def _planned(desk: _Desk, typed: typing.Typed) -> ResponseReturnValue:
    """From a form that is right to its draft, or to the work on it."""
    plan, pattern = desk.forms(typed)
    if not plan.validate():
        return desk.shown(typed, (plan, pattern), status=422)
    try:
        begun = services().large_plans.begin(officer(), plan.wish(), instead=plan.earlier)
    except FieldRefused as refused:
        words = SPREADING_SLIPS.get(refused.code) or SLIPS[refused.code]
        at = refused.facts.get("sitting")
        if isinstance(at, int):
            _blame(plan, at, refused.code, words)
            return desk.shown(typed, (plan, pattern), status=422)
        if refused.field in FIELDS:
            plan[FIELDS[refused.field]].errors = [words]
            return desk.shown(typed, (plan, pattern), status=422)
        return desk.shown(typed, (plan, pattern), status=422, slip=say()(words))
    except NotThere as gone:
        return desk.shown(typed, (plan, pattern), status=422, slip=refusal(gone, say()))
    except Refused as refused:
        return desk.shown(typed, (plan, pattern), status=422, slip=refusal(refused, say()))
    return redirect(f"{HOME}/{begun.draft}" if begun.draft else f"{HOME}/hitungan/{begun.job}", 303)


def _blame(plan: PlanForm, number: int, code: str, words: str) -> None:
    """Say at the row what is wrong with it."""
    row = list(plan.rows)[number]
    name = {"no_such_place": "place", "hours_unclear": "ends", "no_capacity": "per_hour"}.get(code, "date")
    row.form[name].errors = [words]
