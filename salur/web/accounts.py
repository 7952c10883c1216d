"""Inviting the level below, and closing or resetting its accounts."""

from __future__ import annotations

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from salur import words
from salur.core.errors import Refused
from salur.core.roles import INVITES, Role, Territory
from salur.web import locale
from salur.web.account_forms import InviteForm
from salur.web.context import services
from salur.web.guard import guarded, officer, show_office

LABELS = {Role.KELURAHAN: words.mark("Nomor RW"), Role.RW: words.mark("Nomor RT")}
blueprint = guarded(Blueprint("accounts", __name__), *INVITES)


@blueprint.get("/undangan")
def overview() -> ResponseReturnValue:
    """The accounts below, the open invitations, and the form for a new one."""
    return _overview(_form())


@blueprint.post("/undangan")
def invite() -> ResponseReturnValue:
    """Make an invitation and show its code, this once, on a page to print."""
    form = _form()
    if not form.validate():
        return _overview(form, 422)
    try:
        invited = services().accounts.invite(officer(), *_wanted(form))
    except Refused as error:
        return _overview(form, 422, problem=words.refusal(error, locale.say()))
    return show_office("invitation.html", invited=invited, site=_site())


@blueprint.post("/undangan/<int(max=2147483647):id>/batal")
def withdraw(id: int) -> ResponseReturnValue:
    """Make an invitation useless that went astray."""
    services().accounts.withdraw(officer(), id)
    return redirect("/undangan?selesai=batal", 303)


@blueprint.post("/undangan/akun/<int(max=9223372036854775807):id>/tutup")
def close(id: int) -> ResponseReturnValue:
    """Close an account for good."""
    services().accounts.close(officer(), id)
    return redirect("/undangan?selesai=tutup", 303)


@blueprint.post("/undangan/akun/<int(max=9223372036854775807):id>/atur-ulang")
def reset(id: int) -> ResponseReturnValue:
    """A code for a new password."""
    return show_office("invitation.html", invited=services().accounts.reset(officer(), id), site=_site())


def _overview(form: InviteForm, status: int = 200, problem: str | None = None) -> ResponseReturnValue:
    accounts, invitations = services().accounts.below(officer())
    done = request.args.get("selesai")
    values = {"accounts": accounts, "invitations": invitations, "done": done, "problem": problem}
    return show_office("accounts.html", status, form=form, **values)


def _form() -> InviteForm:
    """With the fields that this officer has to fill in."""
    form, own = InviteForm(), officer()
    roles = INVITES[own.role]
    if len(roles) > 1:
        form.role.choices = [(str(role), words.role(role, locale.say())) for role in roles]
    else:
        del form.role
    if own.territory.rw is None and own.role is not Role.KELURAHAN:
        regions = services().regions.children(own.territory.region_code)
        say = locale.say()
        form.region.choices = [("", say("Pilih wilayah")), *((region.code, region.name) for region in regions)]
        if Role.PAYOUT in roles:
            everywhere = say("Seluruh {wilayah} (hanya juru bayar)", wilayah=own.place)
            form.region.choices.append((own.territory.region_code, everywhere))
    else:
        del form.region
    if own.role in LABELS:
        form.number.label.text = LABELS[own.role]
    else:
        del form.number
    return form


def _wanted(form: InviteForm) -> tuple[Role, Territory]:
    own = officer()
    role = Role(form.role.data) if form.role else INVITES[own.role][0]
    if form.region:
        return role, Territory(form.region.data)
    if own.role is Role.RW:
        return role, Territory(own.territory.region_code, own.territory.rw, int(form.number.data))
    return role, Territory(own.territory.region_code, int(form.number.data))


def _site() -> str:
    return services().settings.public_url.rstrip("/") or request.host_url.rstrip("/")
