"""One's own account: password, second factor, sign-ins."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, redirect, request, session
from flask.typing import ResponseReturnValue

from salur.core.errors import Malformed, Refused, TooManyAttempts
from salur.core.officers.roles import NEEDS_SECOND_FACTOR
from salur.web import guard
from salur.web.context import services
from salur.web.guard import guarded, officer, show_office
from salur.web.officers.devices import device_of
from salur.web.officers.forms import ConfirmForm, EnrolForm, PasswordForm
from salur.web.officers.sign_in import ENROLLING, enrolling, show_enrolment, signed_token, told
from salur.words.refusals import SLIPS

blueprint = guarded(Blueprint("account", __name__))


@blueprint.get("/akun")
def account() -> ResponseReturnValue:
    """What belongs to this account, and where it is signed in."""
    return show_office(
        "officers/own_account.html",
        sign_ins=services().sign_ins.all(officer(), signed_token()),
        second_factor=services().credentials.has_second_factor(officer()),
        required=officer().role in NEEDS_SECOND_FACTOR,
        linked=services().chat_links.linked(officer()),
        ends_on=services().accounts.ends_on(officer()),
        done=request.args.get("selesai"),
    )


@blueprint.post("/akun/sesi/<int(max=2147483647):id>/akhiri")
def end(id: int) -> ResponseReturnValue:
    """End a sign-in that was left open somewhere."""
    services().sign_ins.end(officer(), id)
    return redirect("/akun?selesai=sesi", 303)


@blueprint.route("/akun/sandi", methods=["GET", "POST"])
def password() -> ResponseReturnValue:
    """A new password; every other sign-in ends."""
    form = PasswordForm()
    if form.validate_on_submit() and form.password.data != form.again.data:
        form.again.errors = [SLIPS["passwords_differ"]]
    if not form.is_submitted() or form.errors:
        return show_office("officers/password.html", 422 if form.is_submitted() else 200, form=form)
    try:
        token = services().credentials.change_password(
            officer(), form.old.data, form.password.data, device=device_of(request.user_agent.string)
        )
    except Malformed as error:
        form.password.errors = [SLIPS[error.code]]
        return show_office("officers/password.html", 422, form=form)
    except (Refused, TooManyAttempts) as error:
        return show_office("officers/password.html", 422, form=form, problem=told(error))
    guard.let_in(token)
    return redirect("/akun?selesai=sandi", 303)


@blueprint.route("/akun/kode", methods=["GET", "POST"])
def second_factor() -> ResponseReturnValue:
    """Set up a second factor, or another one."""
    form, error = EnrolForm(), None
    credentials = services().credentials
    if form.validate_on_submit():
        try:
            codes = credentials.enrol(officer(), form.password.data, enrolling() or "", form.code.data)
            session.pop(ENROLLING, None)
            return show_office("officers/recovery_codes.html", codes=codes, next="/akun")
        except (Refused, TooManyAttempts) as refused:
            error = refused
    return show_enrolment(partial(credentials.enrolment, officer()), form, "/akun/kode", error)


@blueprint.route("/akun/kode/hapus", methods=["GET", "POST"])
def drop_second_factor() -> ResponseReturnValue:
    """Go without again, after the password."""
    form = ConfirmForm()
    if not form.validate_on_submit():
        return show_office("officers/drop_second_factor.html", 422 if form.is_submitted() else 200, form=form)
    try:
        services().credentials.drop_second_factor(officer(), form.password.data)
    except (Refused, TooManyAttempts) as error:
        return show_office("officers/drop_second_factor.html", 422, form=form, problem=told(error))
    return redirect("/akun?selesai=kode", 303)
