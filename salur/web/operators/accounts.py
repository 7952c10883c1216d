"""All accounts below an office: found, closed, reset, and given a last day."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue

from salur.core.officers.roles import DESK, OVERSEES, Role
from salur.core.rollout.answers import AccountFilter, AccountState
from salur.documents.paper.slips import one_slip
from salur.web.context import page_asked, services
from salur.web.guard import guarded, officer, show_office
from salur.web.http.origin import own_origin
from salur.web.locale import say
from salur.web.officers.rollout import slips
from salur.words.refusals import refusal

blueprint = guarded(Blueprint("account_desk", __name__), *DESK)
HOME = "/kantor/akun"
ONE = f"{HOME}/<int(max=9223372036854775807):id>"


@blueprint.get(HOME)
def home() -> Response:
    """The register, a page of it."""
    filter = _filter()
    return show_office(
        "office/accounts.html",
        register=services().register.page(officer(), filter, page_asked()),
        invitations=services().accounts.below(officer())[1],
        regions=services().regions.children(officer().territory.region_code),
        roles=OVERSEES[officer().role],
        states=tuple(AccountState),
        filter=filter,
        query=_query,
    )


@blueprint.get(ONE)
def show(id: int) -> Response:
    """One account, and what may be done with it."""
    return _shown(id)


@blueprint.post(f"{ONE}/masa")
def end_on(id: int) -> ResponseReturnValue:
    """Its last day, or none."""
    typed = request.form.get("sampai", "").strip()
    try:
        day = date.fromisoformat(typed) if typed else None
    except ValueError:
        return _shown(id, 422, typed=typed, slip=refusal("no_day", say()))
    services().accounts.end_on(officer(), id, day)
    return redirect(f"{HOME}/{id}?selesai=masa", 303)


@blueprint.post(f"{ONE}/tutup")
def close(id: int) -> ResponseReturnValue:
    """Close it for good."""
    services().accounts.close(officer(), id)
    return redirect(f"{HOME}/{id}?selesai=tutup", 303)


@blueprint.post(f"{ONE}/atur-ulang")
def reset(id: int) -> ResponseReturnValue:
    """A code for a new password, this once: on a page, or on a slip to print."""
    invited = services().accounts.reset(officer(), id)
    if request.form.get("bentuk") == "pdf":
        return slips(one_slip(invited))
    return show_office("officers/invitation.html", invited=invited, site=own_origin())


def _shown(id: int, status: int = 200, *, typed: str | None = None, slip: str = "") -> Response:
    account = services().register.one(officer(), id)
    if typed is None:
        typed = account.ends_on.isoformat() if account.ends_on else ""
    done = request.args.get("selesai")
    return show_office("office/account.html", status, account=account, typed=typed, slip=slip, done=done)


def _filter() -> AccountFilter:
    """What the address asks for; what is none of it asks for nothing."""
    asked = request.args
    roles, states = {str(role): role for role in Role}, {str(one): one for one in AccountState}
    return AccountFilter(
        region=asked.get("wilayah", "")[:13],
        role=roles.get(asked.get("jabatan", "")),
        state=states.get(asked.get("keadaan", ""), AccountState.ALL),
        name=asked.get("nama", "").strip()[:30],
    )


def _query(filter: AccountFilter, state: AccountState | None = None) -> str:
    """The same filter as an address, with another state."""
    told = {
        "wilayah": filter.region,
        "jabatan": filter.role or "",
        "keadaan": str(state or filter.state),
        "nama": filter.name,
    }
    return f"{HOME}?{urlencode({name: value for name, value in told.items() if value})}&"
