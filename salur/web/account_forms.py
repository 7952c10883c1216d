"""The forms of signing in and of accounts. What is wrong with a field is a code of `salur.words`."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import PasswordField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Regexp

from salur.words import mark

EMPTY = InputRequired(mark("Bagian ini belum diisi."))
LONG = Length(max=200, message=mark("Tulisannya terlalu panjang."))
PLAIN = {"autocapitalize": "none", "spellcheck": "false"}
NUMBER = Regexp(r"0*[1-9]\d{0,2}$", message=mark("Nomor RT dan RW dari 1 sampai 999."))
CHOSEN = InputRequired(mark("Pilih dulu."))
DIGITS = {"inputmode": "numeric", "autocomplete": "off"}


class SignInForm(FlaskForm):
    """User name and password."""

    username = StringField(
        mark("Nama pengguna"), [EMPTY, LONG], render_kw={**PLAIN, "autocomplete": "username", "maxlength": "30"}
    )
    password = PasswordField(mark("Kata sandi"), [EMPTY, LONG], render_kw={"autocomplete": "current-password"})


class CodeForm(FlaskForm):
    """Six digits of the app, or a recovery code."""

    code = StringField(
        mark("Kode"), [EMPTY, LONG], render_kw={**PLAIN, "autocomplete": "one-time-code", "maxlength": "20"}
    )


class InvitationCodeForm(FlaskForm):
    """The code on the invitation."""

    code = StringField(
        mark("Kode undangan"),
        [EMPTY, LONG],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "maxlength": "30"},
    )


class JoinForm(InvitationCodeForm):
    """What the new holder of an account chooses; for a reset the user name stays."""

    username = StringField(
        mark("Nama pengguna"), [LONG], render_kw={**PLAIN, "autocomplete": "username", "maxlength": "30"}
    )
    password = PasswordField(mark("Kata sandi baru"), [EMPTY, LONG], render_kw={"autocomplete": "new-password"})
    again = PasswordField(
        mark("Kata sandi baru, sekali lagi"), [EMPTY, LONG], render_kw={"autocomplete": "new-password"}
    )


class PasswordForm(FlaskForm):
    """A new password for the one signed in."""

    old = PasswordField(mark("Kata sandi sekarang"), [EMPTY, LONG], render_kw={"autocomplete": "current-password"})
    password = PasswordField(mark("Kata sandi baru"), [EMPTY, LONG], render_kw={"autocomplete": "new-password"})
    again = PasswordField(
        mark("Kata sandi baru, sekali lagi"), [EMPTY, LONG], render_kw={"autocomplete": "new-password"}
    )


class ConfirmForm(FlaskForm):
    """The password once more, before something that weakens the account."""

    password = PasswordField(mark("Kata sandi"), [EMPTY, LONG], render_kw={"autocomplete": "current-password"})


class EnrolForm(CodeForm, ConfirmForm):
    """A code of the new second factor, and the password."""


class InviteForm(FlaskForm):
    """For which office an invitation is. The view takes away the fields that do not apply."""

    role = RadioField(mark("Untuk siapa"), [CHOSEN])
    region = SelectField(mark("Wilayah"), [CHOSEN])
    number = StringField(mark("Nomor"), [EMPTY, NUMBER], render_kw={**DIGITS, "maxlength": "3"})
