"""Waiting lines on the desk: quotas of programmes, who is next, and who is chosen for a free place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from salur.core.errors import FieldRefused, NotThere, Refused
from salur.core.limits.kinds import Door
from salur.core.officers.roles import Role
from salur.core.people.written import plain_digits
from salur.core.proposals.kinds import LineRule, Standing
from salur.core.waiting.kinds import SET_ASIDE, SKIP_REASONS
from salur.documents.line_workbook import line_as_xlsx
from salur.documents.list_workbook import XLSX
from salur.web.context import LARGEST_ID, ROW_ID, number_asked, page_asked, services
from salur.web.guard import guarded, officer, show_office
from salur.web.http.downloads import download
from salur.web.locale import say
from salur.words.casework.lines import why_not
from salur.words.lists.programmes import PROGRAMMES

blueprint = guarded(Blueprint("waiting_desk", __name__), Role.DINSOS)
HOME = "/kantor/tunggu"
ONE = f"{HOME}/<code>"
# Parts of a line, by their names in an address.
PARTS: Mapping[str, tuple[Standing, ...]] = MappingProxyType(
    {
        "menunggu": (Standing.WAITING,),
        "dipilih": (Standing.CHOSEN,),
        "masuk": (Standing.PLACED,),
        "disisihkan": SET_ASIDE,
    }
)
FIRST_PART = "menunggu"
LONGEST_NUMBER = 12  # digits


@blueprint.get(HOME)
def home() -> Response:
    """All programmes with a quota, and those that could have one."""
    boards = services().waiting.boards(officer())
    limited = {board.programme for board in boards}
    others = [one for one in services().programmes.all() if one.code not in limited]
    others.sort(key=lambda one: one.code in PROGRAMMES)  # the city's own first
    return show_office("waiting/all.html", boards=boards, others=others)


@blueprint.get(ONE)
def show(code: str) -> Response:
    """One line: quota, free places, who is next, and everybody in their order."""
    return _shown(code)


@blueprint.post(f"{ONE}/kuota")
def set_quota(code: str) -> ResponseReturnValue:
    """So many places from now on."""
    told = request.form
    try:
        rule = LineRule(told["aturan"]) if told.get("aturan") in set(LineRule) else None
        places = _number(told.get("tempat", ""), "places")
        services().waiting.set_quota(officer(), code, places, rule, told.get("dasar", ""))
    except NotThere:
        raise NotFound from None
    except Refused as refused:
        return _shown(code, refused, form="kuota")
    return redirect(f"{HOME}/{code}?selesai=kuota", 303)


@blueprint.post(f"{ONE}/<{ROW_ID}:id>/pilih")
def choose(code: str, id: int) -> ResponseReturnValue:
    """A free place for who is next."""
    try:
        amount = _number(request.form.get("besarnya", ""), "amount")
        draft = services().choosing.choose(officer(), code, id, amount)
    except NotThere:
        raise NotFound from None
    except Refused as refused:
        return _shown(code, refused, form="pilih")
    return redirect(f"{HOME}/{code}?selesai=pilih&konsep={draft}", 303)


@blueprint.post(f"{ONE}/<{ROW_ID}:id>/batal")
def take_back(code: str, id: int) -> ResponseReturnValue:
    """Who was chosen leaves the draft, and waits again."""
    return _decided(code, "batal", lambda: services().choosing.take_back(officer(), code, id))


@blueprint.post(f"{ONE}/<{ROW_ID}:id>/lewati")
def skip(code: str, id: int) -> ResponseReturnValue:
    """Who waits is passed over, with a reason."""
    return _decided(code, "lewati", lambda: services().choosing.skip(officer(), code, id, request.form.get("alasan")))


@blueprint.post(f"{ONE}/<{ROW_ID}:id>/kembalikan")
def put_back(code: str, id: int) -> ResponseReturnValue:
    """Who was passed over waits again."""
    return _decided(code, "kembalikan", lambda: services().choosing.put_back(officer(), code, id))


@blueprint.post(f"{ONE}/unduh.xlsx")
def workbook(code: str) -> Response:
    """The whole line, as a workbook; written down each time, so it has no address."""
    now = services().clock().astimezone(services().settings.zone)
    try:
        line = services().waiting.export(officer(), code, door=Door.SITE)
    except NotThere:
        raise NotFound from None
    return download(
        line_as_xlsx(line, officer(), say(), now), XLSX, f"daftar-tunggu-{line.programme}-{now:%Y-%m-%d}.xlsx"
    )


@blueprint.get(f"{ONE}/kuota")
@blueprint.get(f"{ONE}/unduh.xlsx")
@blueprint.get(f"{ONE}/<{ROW_ID}:id>/<path:_>")
def no_page(code: str, id: int = 0, _: str = "") -> ResponseReturnValue:
    """What was sent there has no address of its own."""
    return redirect(f"{HOME}/{code}", 303)


def _decided(code: str, form: str, decide: Callable[[], object]) -> ResponseReturnValue:
    try:
        decide()
    except NotThere:
        raise NotFound from None
    except Refused as refused:
        return _shown(code, refused, form=form)
    return redirect(f"{HOME}/{code}?selesai={form}", 303)


def _number(typed: str, field: str) -> int | None:
    """A number as people type it, with points between thousands; None where it was left empty.

    Raises: FieldRefused with `places_wrong` or `amount_wrong`.
    """
    if not typed.strip():
        return None
    digits = plain_digits(typed.removeprefix("Rp").replace(".", "").replace(" ", ""))
    if digits is None or len(digits) > LONGEST_NUMBER:
        raise FieldRefused(field, f"{field}_wrong")
    return int(digits)


def _shown(code: str, refused: Refused | None = None, form: str = "") -> Response:
    part = request.args.get("bagian", FIRST_PART)
    part = part if part in PARTS else FIRST_PART
    try:
        line = services().waiting.show(officer(), code, PARTS[part], page_asked(), door=Door.SITE)
    except NotThere:
        raise NotFound from None
    return show_office(
        "waiting/line.html",
        422 if refused else 200,
        line=line,
        part=part,
        parts={name: sum(line.counts[one] for one in standings) for name, standings in PARTS.items()},
        reasons=SKIP_REASONS,
        rules=tuple(LineRule),
        usernames=services().accounts.usernames(),
        slip=why_not(refused, say()) if refused else None,
        wrong=getattr(refused, "field", None),
        form=form,
        typed=request.form,
        done=request.args.get("selesai", ""),
        draft=number_asked("konsep", 0, most=LARGEST_ID),
    )
