"""Signing in and out, the second factor, and taking up an invitation. Open to everybody, careful with each."""

from __future__ import annotations

from typing import Any, cast

import segno
from flask import Blueprint, Response, redirect, request, session
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from salur import words
from salur.core.errors import Malformed, NoKey, Refused, TooManyAttempts
from salur.core.regions import time_zone
from salur.core.second_factors import Enrolment
from salur.core.sign_in import Next
from salur.web import guard, locale
from salur.web.account_forms import CodeForm, InvitationCodeForm, JoinForm, SignInForm
from salur.web.context import services, show, visitor
from salur.web.devices import device_of
from salur.web.locale import say
from salur.words import mark

blueprint = Blueprint("signing", __name__)
blueprint.before_request(guard.refuse_nul)
HALF = "separuh"  # in the cookie: the token of a sign-in that waits for its second factor
FIRST_PAGE = "/wilayah"


@blueprint.route("/masuk", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """User name and password."""
    form = SignInForm()
    back = locale.own_path(request.args.get(guard.BACK, FIRST_PAGE))
    if not form.validate_on_submit():
        over = "habis" in request.args
        return show("sign_in.html", 422 if form.is_submitted() else 200, form=form, back=back, over=over)
    try:
        started = services().sign_ins.start(
            form.username.data, form.password.data, asker=visitor(), device=device_of(request.user_agent.string)
        )
    except (Refused, TooManyAttempts) as error:
        return show("sign_in.html", _status(error), form=form, back=back, problem=told(error))
    if started.next is Next.NOTHING:
        guard.let_in(started.token)
        return redirect(back, 303)
    session.clear()
    session[HALF] = started.token
    return redirect("/masuk/kode" if started.next is Next.CODE else "/masuk/atur", 303)


@blueprint.route("/masuk/kode", methods=["GET", "POST"])
def second_factor() -> ResponseReturnValue:
    """The code of the app, or a recovery code."""
    form = CodeForm()
    if not form.validate_on_submit():
        return show("sign_in_code.html", 422 if form.is_submitted() else 200, form=form)
    try:
        token = services().sign_ins.finish(session.get(HALF, ""), form.code.data, asker=visitor())
    except (Refused, TooManyAttempts) as error:
        return show("sign_in_code.html", _status(error), form=form, problem=told(error))
    guard.let_in(token)
    return redirect(FIRST_PAGE, 303)


@blueprint.route("/masuk/atur", methods=["GET", "POST"])
def enrol() -> ResponseReturnValue:
    """Set up the second factor before the first sign-in is whole: for roles that need one."""
    form, half = CodeForm(), session.get(HALF, "")
    try:
        if form.validate_on_submit():
            codes, token = services().sign_ins.enrol_first(half, request.form.get("kunci", ""), form.code.data)
            guard.let_in(token)
            return show("recovery_codes.html", codes=codes, next=FIRST_PAGE)
    except (Refused, NoKey) as error:
        form.code.errors = [words.SLIPS[getattr(error, "code", "wrong_code")]]
    try:
        return show_enrolment(services().sign_ins.first_enrolment(half), form=form, action="/masuk/atur")
    except Refused:
        return redirect("/masuk?habis=1", 303)


def show_enrolment(enrolment: Enrolment, **values: Any) -> Response:
    """Show the secret as QR code and as text. A wrong code gets a new secret: the old one was perhaps misread."""
    picture = segno.make(enrolment.address, error="m").svg_inline(scale=5, border=3, svgclass="qr", lineclass=None)
    return show("enrol.html", enrolment=enrolment, qr=Markup(picture), **values)  # noqa: S704  (made by segno)


@blueprint.post("/keluar")
def sign_out() -> ResponseReturnValue:
    """Out, and say so."""
    guard.let_out()
    heading = mark("Anda sudah keluar")
    return show("message.html", heading=heading, text=mark("Memakai HP orang lain? Tutup halaman ini."))


@blueprint.route("/gabung", methods=["GET", "POST"])
def join() -> ResponseReturnValue:
    """First step of an invitation: its code, which is typed and stands in no address."""
    form = InvitationCodeForm()
    if form.validate_on_submit():
        try:
            invitation = services().accounts.invitation(form.code.data)
        except Refused as error:
            return show("join_code.html", 422, form=form, problem=told(error))
        return show("join.html", form=JoinForm(formdata=None, code=form.code.data), invitation=invitation)
    return show("join_code.html", 422 if form.is_submitted() else 200, form=form)


@blueprint.post("/gabung/akun")
def take_up() -> ResponseReturnValue:
    """Second step: user name and password."""
    form = JoinForm()
    try:
        invitation = services().accounts.invitation(form.code.data or "")
        if form.validate() and form.password.data != form.again.data:
            form.again.errors = [words.SLIPS["passwords_differ"]]
        if form.errors:
            return show("join.html", 422, form=form, invitation=invitation)
        username = invitation.username or form.username.data or ""
        services().accounts.accept(form.code.data or "", username, form.password.data)
    except Refused as error:
        return show("join_code.html", 422, form=InvitationCodeForm(formdata=None), problem=told(error))
    except Malformed as error:
        field = form.username if error.code.startswith("username") else form.password
        field.errors = [words.SLIPS[error.code]]
        return show("join.html", 422, form=form, invitation=invitation)
    return show("joined.html", invitation=invitation, username=username)


def told(error: Refused | TooManyAttempts) -> str:
    """The words for a refusal, waits in the clock of the city served."""
    return words.refusal(error, say(), zone=time_zone(services().settings.city))


def _status(error: Refused | TooManyAttempts) -> int:
    return 429 if isinstance(error, TooManyAttempts) else 422


def signed_token() -> str:
    """The token of this sign-in, in a guarded view."""
    return cast("str", guard.token_here())
