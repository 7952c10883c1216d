"""One plan on the desk: looked at, changed by hand, published, revised, taken back."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue

from salur.core.errors import NotThere, Refused
from salur.core.officers.roles import Role
from salur.core.pages import Page
from salur.core.payouts.spreading.answers import Neighbourhood, Spread
from salur.web.context import page_asked, services
from salur.web.guard import guarded, officer, show_office
from salur.web.locale import say
from salur.web.planning.place_form import number_of
from salur.web.plans.picture import lines, parties, weeks
from salur.words.language import N_
from salur.words.payouts.planning import asked
from salur.words.payouts.spreading import full
from salur.words.refusals import refusal

blueprint = guarded(Blueprint("plan_drafts", __name__), Role.DINSOS)
HOME = "/kantor/rencana"
ONE = f"{HOME}/<int(max=2147483647):id>"
PAGE = 60
NO_NUMBERS = N_("Pilih kelurahan dan pembayarannya, lalu tulis nomor RW; nomor RT boleh kosong.")


@blueprint.get(ONE)
def one(id: int) -> Response:
    """A plan: who comes where, and what may be done with it."""
    return _shown(services().spreading.look(officer(), id))


@blueprint.post(f"{ONE}/taruh")
def put(id: int) -> ResponseReturnValue:
    """An RW or RT comes to another sitting: a new draft takes the place of this one."""
    told = {name: request.form.get(name, "").strip() for name in ("kelurahan", "rw", "rt", "sesi")}
    rw, rt, sitting = (number_of(told[name]) for name in ("rw", "rt", "sesi"))
    spread = services().spreading.look(officer(), id)
    if not told["kelurahan"] or rw < 1 or sitting < 0 or (told["rt"] and rt < 1):
        return _shown(spread, say()(NO_NUMBERS), told)
    where = Neighbourhood(told["kelurahan"], rw, rt if told["rt"] else None)
    try:
        changed = services().spreading.put(officer(), id, where, sitting)
    except NotThere:
        raise
    except Refused as refused:
        too_many = full(refused, spread.wish.sittings, _places(spread), say())
        return _shown(spread, too_many or refusal(refused, say()), told)
    return redirect(f"{HOME}/{changed}?selesai=taruh", 303)


@blueprint.post(f"{ONE}/terbitkan")
def publish(id: int) -> ResponseReturnValue:
    """Families read it from now on."""
    spread = services().spreading.look(officer(), id)
    agreed = all(name in request.form for name, _ in asked(spread.asked, say()))
    try:
        if spread.asked and not agreed:
            raise Refused("not_agreed")
        services().spreading.publish(officer(), id, request.form.get("dilihat", ""), agreed=agreed)
    except NotThere:
        raise
    except Refused as refused:
        return _shown(services().spreading.look(officer(), id), refusal(refused, say()))
    return redirect(f"{HOME}/{id}?selesai=terbit", 303)


@blueprint.post(f"{ONE}/perbarui")
def revise(id: int) -> ResponseReturnValue:
    """A new draft from a published one: who has a sitting keeps it, who has none is placed."""
    try:
        return redirect(f"{HOME}/{services().spreading.revise(officer(), id)}?selesai=perbarui", 303)
    except NotThere:
        raise
    except Refused as refused:
        return _shown(services().spreading.look(officer(), id), refusal(refused, say()))


@blueprint.post(f"{ONE}/urungkan")
def take_back(id: int) -> ResponseReturnValue:
    """As it was before; a draft is put away."""
    spread = services().spreading.look(officer(), id)
    try:
        services().planning.take_back(officer(), id)
    except NotThere:
        raise
    except Refused as refused:
        return _shown(spread, refusal(refused, say()))
    return redirect(f"{HOME}?selesai={'buang' if spread.state == 'draft' else 'urung'}", 303)


@blueprint.get(f"{ONE}/<path:_>")
def no_page(id: int, _: str) -> ResponseReturnValue:
    """What was sent there has no address of its own."""
    return redirect(f"{HOME}/{id}", 303)


def _shown(spread: Spread, slip: str | None = None, told: Mapping[str, str] | None = None) -> Response:
    kelurahan = request.args.get("kelurahan", "") if request.method == "GET" else ""
    kelurahan = kelurahan if kelurahan in spread.names else ""
    places = _places(spread)
    code, _, numbers = request.args.get("dari", "").partition("-")
    rw, _, rt = numbers.partition("-")
    return show_office(
        "plans/one.html",
        422 if slip else 200,
        spread=spread,
        file=next((one for one in services().spreading.plans(officer()) if one.id == spread.id), None),
        places=places,
        weeks=weeks(spread, places),
        parties=parties(spread),
        lines=Page.cut(page_asked() if request.method == "GET" else 1, lines(spread, kelurahan), PAGE),
        kelurahan=kelurahan,
        told=told or {"kelurahan": code if code in spread.names else "", "rw": rw[:3], "rt": rt[:3], "sesi": ""},
        coming=spread.by_sitting,
        slip=slip,
        programmes={one.code: one.name for one in services().programmes.all()},
        usernames=services().accounts.usernames(),
        done=request.args.get("selesai"),
    )


def _places(spread: Spread) -> dict[int, str]:
    """The names of its places, by number."""
    used = {wanted.place for wanted in spread.wish.sittings}
    return {one.id: one.place.name for one in services().places.all(officer()) if one.id in used}
