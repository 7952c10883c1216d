"""Signing in and out, the second factor, and taking up an invitation. Open to everybody, careful with each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import cast

import segno
from flask import Blueprint, Response, redirect, request, session
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from salur.core.errors import BadUsername, Refused, TooManyAttempts, WeakPassword
from salur.core.officers.answers import Enrolment, Next
from salur.web import guard, locale
from salur.web.context import address_here, services, show
from salur.web.locale import say
from salur.web.officers.devices import device_of
from salur.web.officers.forms import NUMBERS, CodeForm, InvitationCodeForm, JoinForm, SignInForm
from salur.words.language import N_
from salur.words.refusals import SLIPS, refusal

blueprint = Blueprint("signing", __name__)
blueprint.before_request(guard.refuse_nul)
HALF = "separuh"  # in the cookie: the token of a sign-in that waits for its second factor
ENROLLING = "pasang"  # in the cookie: the sealed secret of a second factor that is not confirmed yet
TO = "ke"  # in the cookie, beside half a sign-in: where to go on once it is whole


@blueprint.route("/masuk", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """User name and password."""
    form = SignInForm()
    back = locale.own_address(request.args.get(guard.BACK, guard.FIRST_PAGE))
    if request.method == "GET" and guard.officer_or_none() is not None:
        return redirect(back, 303)
    if not form.validate_on_submit():
        over = "habis" in request.args
        return show("officers/sign_in.html", 422 if form.is_submitted() else 200, form=form, back=back, over=over)
    try:
        started = services().sign_ins.start(
            form.username.data,
            form.password.data,
            asker=address_here(),
            device=device_of(request.user_agent.string),
            mark=guard.mark_here(),
            code=form.code.data or "",
        )
    except (Refused, TooManyAttempts) as error:
        waits = isinstance(error, TooManyAttempts) or bool(form.code.data)
        return show("officers/sign_in.html", _status(error), form=form, back=back, problem=told(error), waits=waits)
    if started.next is Next.NOTHING:
        guard.let_in(started.token)
        return redirect(back, 303)
    session.clear()
    session[HALF], session[TO] = started.token, back
    return redirect("/masuk/kode" if started.next is Next.CODE else "/masuk/atur", 303)


@blueprint.route("/masuk/kode", methods=["GET", "POST"])
def second_factor() -> ResponseReturnValue:
    """The code of the app, or a recovery code."""
    if HALF not in session:
        return redirect(guard.FIRST_PAGE, 303)  # and from there to the beginning, unless it is whole by now
    form, back = CodeForm(), locale.own_address(session.get(TO, guard.FIRST_PAGE))
    by_recovery_code = "cadangan" in request.args
    if not by_recovery_code:
        form.code.render_kw = {**form.code.render_kw, **NUMBERS}
    ask = partial(show, "officers/sign_in_code.html", form=form, by_recovery_code=by_recovery_code)
    if not form.validate_on_submit():
        return ask(status=422 if form.is_submitted() else 200)
    try:
        half = session.get(HALF, "")
        token = services().sign_ins.finish(half, form.code.data, asker=address_here(), mark=guard.mark_here())
    except (Refused, TooManyAttempts) as error:
        return ask(status=_status(error), problem=told(error))
    guard.let_in(token)
    return redirect(back, 303)


@blueprint.route("/masuk/atur", methods=["GET", "POST"])
def enrol() -> ResponseReturnValue:
    """Set up the second factor before the first sign-in is whole: for roles that need one."""
    form, half, error = CodeForm(), session.get(HALF, ""), None
    back = locale.own_address(session.get(TO, guard.FIRST_PAGE))
    sign_ins = services().sign_ins
    if form.validate_on_submit():
        try:
            codes, token = sign_ins.enrol_first(half, enrolling() or "", form.code.data)
            guard.let_in(token)
            return show("officers/recovery_codes.html", codes=codes, next=back)
        except Refused as refused:
            error = refused
    try:
        return show_enrolment(partial(sign_ins.first_enrolment, half), form, "/masuk/atur", error)
    except Refused:
        return redirect("/masuk?habis=1", 303)


def enrolling() -> str | None:
    """The sealed secret that this browser has begun with: of the page that was sent, or of the one shown last."""
    return request.form.get("kunci") or session.get(ENROLLING)


def show_enrolment(
    begin: Callable[[str | None], Enrolment], form: CodeForm, action: str, error: Refused | TooManyAttempts | None
) -> Response:
    """Show the secret as QR code and as text. It stays after a slip, a reload and in a second tab: the phone has it."""
    try:
        enrolment = begin(enrolling())
    except Refused as over:
        enrolment, error = begin(None), over
    session[ENROLLING] = enrolment.sealed
    form.code.render_kw = {**form.code.render_kw, **NUMBERS}
    form.code.data = ""  # by now the app shows another
    qr = segno.make(enrolment.address, error="m").svg_inline(scale=5, border=3, svgclass="qr", lineclass=None)
    return show(
        "officers/enrol.html",
        (_status(error) if error else 422) if form.is_submitted() else 200,
        enrolment=enrolment,
        qr=Markup(qr),  # noqa: S704  (made by segno)
        form=form,
        action=action,
        problem=told(error) if error else None,
    )


@blueprint.post("/keluar")
def sign_out() -> ResponseReturnValue:
    """Out, and say so."""
    guard.let_out()
    heading = N_("Anda sudah keluar")
    return show("message.html", heading=heading, text=N_("Memakai HP orang lain? Tutup halaman ini."))


@blueprint.route("/gabung", methods=["GET", "POST"])
def join() -> ResponseReturnValue:
    """First step of an invitation: its code, which is typed and stands in no address."""
    form = InvitationCodeForm()
    if form.validate_on_submit():
        try:
            invitation = services().invitations.invitation(form.code.data)
        except Refused as error:
            return show("officers/join_code.html", 422, form=form, problem=told(error))
        return show("officers/join.html", form=JoinForm(formdata=None, code=form.code.data), invitation=invitation)
    return show("officers/join_code.html", 422 if form.is_submitted() else 200, form=form)


@blueprint.post("/gabung/akun")
def take_up() -> ResponseReturnValue:
    """Second step: user name and password."""
    form = JoinForm()
    try:
        invitation = services().invitations.invitation(form.code.data or "")
        if form.validate() and form.password.data != form.again.data:
            form.again.errors = [SLIPS["passwords_differ"]]
        if form.errors:
            return show("officers/join.html", 422, form=form, invitation=invitation)
        username = invitation.username or form.username.data or ""
        services().invitations.accept(form.code.data or "", username, form.password.data)
    except Refused as error:
        return show("officers/join_code.html", 422, form=InvitationCodeForm(formdata=None), problem=told(error))
    except (BadUsername, WeakPassword) as error:
        field = form.username if isinstance(error, BadUsername) else form.password
        field.errors = [SLIPS[error.code]]
        return show("officers/join.html", 422, form=form, invitation=invitation)
    return show("officers/joined.html", invitation=invitation, username=username)


def told(error: Refused | TooManyAttempts) -> str:
    """The words for a refusal, waits in the clock of the city served."""
    return refusal(error, say(), zone=services().settings.zone)


def _status(error: Refused | TooManyAttempts) -> int:
    return 429 if isinstance(error, TooManyAttempts) else 422


def signed_token() -> str:
    """The token of this sign-in, in a guarded view."""
    return cast("str", guard.token_here())
