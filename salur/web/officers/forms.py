"""The forms of signing in and of accounts. What is wrong with a field is a code of `salur.words`."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import PasswordField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Regexp

from salur.words.language import N_

EMPTY = InputRequired(N_("Bagian ini belum diisi."))
LONG = Length(max=200, message=N_("Tulisannya terlalu panjang."))
PLAIN = {"autocapitalize": "none", "spellcheck": "false"}
NUMBER = Regexp(r"0*[1-9]\d{0,2}$", message=N_("Nomor RT dan RW dari 1 sampai 999."))
CHOSEN = InputRequired(N_("Pilih dulu."))
DIGITS = {"inputmode": "numeric", "autocomplete": "off"}


class SignInForm(FlaskForm):
    """User name and password."""

    username = StringField(
        N_("Nama pengguna"), [EMPTY, LONG], render_kw={**PLAIN, "autocomplete": "username", "maxlength": "30"}
    )
    password = PasswordField(N_("Kata sandi"), [EMPTY, LONG], render_kw={"autocomplete": "current-password"})
    code = StringField(
        N_("Kode dari aplikasi di HP"),
        [LONG],
        description=N_("Dengan kode ini Anda tidak perlu menunggu."),
        render_kw={**DIGITS, "autocomplete": "one-time-code", "maxlength": "20"},
    )


class CodeForm(FlaskForm):
    """Six digits of the app, or a recovery code."""

    code = StringField(
        N_("Kode"), [EMPTY, LONG], render_kw={**PLAIN, "autocomplete": "one-time-code", "maxlength": "20"}
    )


NUMBERS = {"inputmode": "numeric"}  # for what has digits alone; a recovery code has letters


class InvitationCodeForm(FlaskForm):
    """The code on the invitation."""

    code = StringField(
        N_("Kode undangan"),
        [EMPTY, LONG],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "maxlength": "30"},
    )


class JoinForm(InvitationCodeForm):
    """What the new holder of an account chooses; for a reset the user name stays."""

    username = StringField(
        N_("Nama pengguna"), [LONG], render_kw={**PLAIN, "autocomplete": "username", "maxlength": "30"}
    )
    password = PasswordField(N_("Kata sandi baru"), [EMPTY, LONG], render_kw={"autocomplete": "new-password"})
    again = PasswordField(N_("Kata sandi baru, sekali lagi"), [EMPTY, LONG], render_kw={"autocomplete": "new-password"})


class PasswordForm(FlaskForm):
    """A new password for the one signed in."""

    old = PasswordField(N_("Kata sandi sekarang"), [EMPTY, LONG], render_kw={"autocomplete": "current-password"})
    password = PasswordField(N_("Kata sandi baru"), [EMPTY, LONG], render_kw={"autocomplete": "new-password"})
    again = PasswordField(N_("Kata sandi baru, sekali lagi"), [EMPTY, LONG], render_kw={"autocomplete": "new-password"})


class ConfirmForm(FlaskForm):
    """The password once more, before something that weakens the account."""

    password = PasswordField(N_("Kata sandi"), [EMPTY, LONG], render_kw={"autocomplete": "current-password"})


class EnrolForm(CodeForm, ConfirmForm):
    """A code of the new second factor, and the password."""


class InviteForm(FlaskForm):
    """For which office an invitation is. The view takes away the fields that do not apply."""

    role = RadioField(N_("Untuk siapa"), [CHOSEN])
    region = SelectField(N_("Wilayah"), [CHOSEN])
    number = StringField(N_("Nomor"), [EMPTY, NUMBER], render_kw={**DIGITS, "maxlength": "3"})
