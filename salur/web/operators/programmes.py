"""Programmes on the desk: a city's own, what is told of each, and which exclude each other by which decree."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from salur.core.errors import FieldRefused, NotThere, Refused
from salur.core.lists.kinds import Wording
from salur.core.officers.roles import Role
from salur.web.context import services
from salur.web.guard import guarded, officer, show_office
from salur.web.locale import say
from salur.words.language import LANGUAGES, language
from salur.words.lists.programmes import KINDS, PROGRAMMES, programme_about, why_not

blueprint = guarded(Blueprint("programme_desk", __name__), Role.DINSOS)
HOME = "/kantor/program"
PARTS = ("what", "who", "paid", "papers")
TOGETHER = {"ya": True, "tidak": False}  # whether two programmes exclude each other


@blueprint.get(HOME)
def home() -> Response:
    """All programmes, the rules between them, and forms for new ones of both."""
    return _home()


@blueprint.post(f"{HOME}/tambah")
def add() -> ResponseReturnValue:
    """A programme of the city's own."""
    told = request.form
    try:
        made = services().programmes.add(told.get("kode", ""), told.get("nama", ""), told.get("jenis", ""), officer())
    except Refused as refused:
        return _home(refused, form="tambah")
    return redirect(f"{HOME}/{made.code}", 303)


@blueprint.post(f"{HOME}/aturan")
def confirm() -> ResponseReturnValue:
    """That two programmes exclude each other, or do not."""
    told = request.form
    try:
        if told.get("larang") not in TOGETHER:
            raise FieldRefused("excludes", "which_missing")
        pair = told.get("satu", ""), told.get("lain", "")
        excludes = TOGETHER[told["larang"]]
        services().confirmations.confirm(*pair, told.get("dasar", ""), officer().account, excludes=excludes)
    except Refused as refused:
        return _home(refused, form="aturan")
    return redirect(f"{HOME}#aturan", 303)


@blueprint.post(f"{HOME}/aturan/<int(max=9223372036854775807):id>/cabut")
def take_back(id: int) -> ResponseReturnValue:
    """It no longer holds."""
    try:
        services().confirmations.take_back(id, officer().account)
    except Refused as refused:
        return _home(refused)
    return redirect(f"{HOME}#aturan", 303)


@blueprint.get(f"{HOME}/<code>")
def show(code: str) -> Response:
    """What is told of one programme, in every language."""
    return _shown(code)


@blueprint.post(f"{HOME}/<code>")
def write(code: str) -> ResponseReturnValue:
    """Other words, in one language; and another name, where it is the city's own."""
    told, programmes = request.form, services().programmes
    which = told.get("bahasa", "")
    if which not in LANGUAGES:
        raise NotFound
    try:
        if "nama" in told and code not in PROGRAMMES:
            programmes.rename(code, told["nama"], officer())
        words = Wording(*(told.get(part, "") for part in PARTS))
        programmes.write(code, which, words, officer().account)
    except NotThere:
        raise NotFound from None
    except Refused as refused:
        return _shown(code, refused, which)
    return redirect(f"{HOME}/{code}?selesai={which}", 303)


@blueprint.get(f"{HOME}/tambah")
@blueprint.get(f"{HOME}/aturan")
@blueprint.get(f"{HOME}/aturan/<path:_>")
def no_page(_: str = "") -> ResponseReturnValue:
    """What was sent there has no address of its own."""
    return redirect(HOME, 303)


def _home(refused: Refused | None = None, form: str = "") -> Response:
    confirmations = services().confirmations
    return show_office(
        "operators/programmes.html",
        422 if refused else 200,
        programmes=services().programmes.all(),
        built_in=PROGRAMMES,
        kinds=[(code, say()(words)) for code, words in KINDS.items()],
        rules=confirmations.rules(),
        past=[one for one in confirmations.history() if one.taken_back_at],
        usernames=services().accounts.usernames(),
        slip=why_not(refused.code, say()) if refused else None,
        wrong=getattr(refused, "field", None),
        form=form,
        typed=request.form,
    )


def _shown(code: str, refused: Refused | None = None, which: str = "") -> Response:
    programme = next((one for one in services().programmes.all() if one.code == code), None)
    if programme is None:
        raise NotFound
    known = {one: services().programmes.words(one).get(code, Wording()) for one in LANGUAGES}
    if refused:
        known[which] = Wording(*(request.form.get(part, "") for part in PARTS))
    return show_office(
        "operators/programme.html",
        422 if refused else 200,
        programme=programme,
        is_own=code not in PROGRAMMES,
        languages=LANGUAGES,
        known=known,
        built_in={one: programme_about(code, language(one)) for one in LANGUAGES},
        slip=why_not(refused.code, say()) if refused else None,
        name=request.form.get("nama", programme.name),
        done=request.args.get("selesai") in LANGUAGES,
    )
