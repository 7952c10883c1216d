"""Inviting the level below, and closing or resetting its accounts."""

from __future__ import annotations

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from salur.core.errors import Refused
from salur.core.officers.roles import INVITES, Role
from salur.core.regions.territory import Territory
from salur.web import locale
from salur.web.context import services
from salur.web.guard import guarded, officer, show_office
from salur.web.http.origin import own_origin
from salur.web.officers.forms import InviteForm
from salur.words.language import N_
from salur.words.officers.offices import role as role_words
from salur.words.refusals import refusal

LABELS = {Role.KELURAHAN: N_("Nomor RW"), Role.RW: N_("Nomor RT")}
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
        invited = services().invitations.invite(officer(), *_wanted(form))
    except Refused as error:
        return _overview(form, 422, problem=refusal(error, locale.say()))
    return show_office("officers/invitation.html", invited=invited, site=own_origin())


@blueprint.post("/undangan/<int(max=2147483647):id>/batal")
def withdraw(id: int) -> ResponseReturnValue:
    """Make an invitation useless that went astray."""
    services().invitations.withdraw(officer(), id)
    return redirect("/undangan?selesai=batal", 303)


@blueprint.post("/undangan/akun/<int(max=9223372036854775807):id>/tutup")
def close(id: int) -> ResponseReturnValue:
    """Close an account for good."""
    services().accounts.close(officer(), id)
    return redirect("/undangan?selesai=tutup", 303)


@blueprint.post("/undangan/akun/<int(max=9223372036854775807):id>/atur-ulang")
def reset(id: int) -> ResponseReturnValue:
    """A code for a new password."""
    return show_office("officers/invitation.html", invited=services().accounts.reset(officer(), id), site=own_origin())


def _overview(form: InviteForm, status: int = 200, problem: str | None = None) -> ResponseReturnValue:
    accounts, invitations = services().accounts.below(officer())
    done = request.args.get("selesai")
    values = {"accounts": accounts, "invitations": invitations, "done": done, "problem": problem}
    return show_office("officers/invitations.html", status, form=form, **values)


def _form() -> InviteForm:
    """With the fields that this officer has to fill in."""
    form, own = InviteForm(), officer()
    roles = INVITES[own.role]
    if len(roles) > 1:
        form.role.choices = [(str(role), role_words(role, locale.say())) for role in roles]
    else:
        del form.role
    if own.territory.rw is None and own.role is not Role.KELURAHAN:
        regions = services().regions.children(own.territory.region_code)
        say = locale.say()
        form.region.choices = [("", say("Pilih wilayah")), *((region.code, region.name) for region in regions)]
        if Role.PAYOUT in roles:
            everywhere = say("Seluruh {wilayah} (hanya juru bayar)", wilayah=own.region_name)
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
