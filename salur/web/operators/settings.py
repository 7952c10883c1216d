"""What the city sets by itself: its name, its office, four eyes, and how long things are kept."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue

from salur.core.errors import FieldRefused, NotThere, Refused
from salur.core.officers.roles import Role
from salur.core.settings.kinds import NO, Setting
from salur.web.context import LARGEST_ID, number_asked, services
from salur.web.guard import guarded, officer, show_office
from salur.web.locale import say
from salur.words.refusals import refusal

blueprint = guarded(Blueprint("city_settings", __name__), Role.DINSOS)
HOME = "/kantor/pengaturan"


@blueprint.get(HOME)
def show() -> Response:
    """The form, and who changed what."""
    return _shown(asdict(services().city.now()))


@blueprint.post(HOME)
def put() -> ResponseReturnValue:
    """Set what was changed."""
    typed = {str(setting): request.form.get(setting, NO if setting is Setting.FOUR_EYES else "") for setting in Setting}
    seen = request.form.get("seen", "")
    try:
        number = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else -1
        changed = services().city.put(officer(), {Setting(name): value for name, value in typed.items()}, seen=number)
    except FieldRefused as refused:
        return _shown(typed, 422, wrong=refused.field, slip=refusal(refused, say()))
    except Refused as refused:
        return _shown(typed, 422, slip=refusal(refused, say()))
    return redirect(f"{HOME}?selesai={changed}", 303)


@blueprint.post(f"{HOME}/<int(max={LARGEST_ID}):id>/batal")
def undo(id: int) -> ResponseReturnValue:
    """Take the newest change of a setting back."""
    try:
        services().city.undo(officer(), id)
    except Refused as refused:
        if isinstance(refused, NotThere):
            raise
        return _shown(asdict(services().city.now()), 422, slip=refusal(refused, say()))
    return redirect(f"{HOME}?selesai=1", 303)


def _shown(values: dict[str, str], status: int = 200, *, wrong: str = "", slip: str = "") -> Response:
    city = services().city
    history = city.history(officer())
    facts = {"values": values, "settings": tuple(Setting), "history": history, "seen": city.newest()}
    done = number_asked("selesai", 0, most=99) if "selesai" in request.args else None
    return show_office("office/settings.html", status, wrong=wrong, slip=slip, done=done, **facts)
