"""The fields of proposals: their makers, and how what was typed is read. What they must hold, the core says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from flask import request
from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import ValidationError

from salur.core.errors import Malformed
from salur.core.people.written import plain_digits
from salur.core.proposals.draft import LONGEST_WORDS, REASONS
from salur.core.proposals.kinds import Kind
from salur.web.locale import say
from salur.words.casework.cases import SENT_FOR
from salur.words.language import N_
from salur.words.proposals import OTHER
from salur.words.refusals import refusal

ROWS = {"rows": "4", "maxlength": str(LONGEST_WORDS)}
NUMBER_KEYS = {"inputmode": "numeric", "autocomplete": "off", "maxlength": "40"}
T = TypeVar("T")


def strip(text: str | None) -> str:
    """What was typed without the spaces around it."""
    return (text or "").strip()


def read(parse: Callable[..., T], text: str | bytes, **more: str) -> T:
    """What a parser of the core reads; its error said as this form's. Raises ValidationError."""
    try:
        return parse(text, **more)
    except Malformed as error:
        raise ValidationError(refusal(error, say())) from None


def warned() -> str:
    """The number that was refused for its date (`Nik.parse`), as the form that came back held it."""
    return request.form.get("tetap", "")


def read_number(text: str) -> int | None:
    """RT and RW as they are typed: `3`, `003`. None where nothing was typed, 0 for what is no such number."""
    digits = plain_digits(text) or ""
    return None if not text else int(digits) if 1 <= len(digits) <= 3 else 0


def choice(label: str, choices: Mapping[str, str]) -> RadioField:
    """Radio buttons of which none is taken at first."""
    return RadioField(label, choices=dict(choices), validate_choice=False, default="")


def reasons(kind: Kind) -> dict[str, str]:
    """The reasons for sending, as choices."""
    return {code: SENT_FOR.get((kind, code), OTHER) for code in REASONS[kind]}


def text(label: str, **attributes: str) -> StringField:
    """A line of text."""
    known = {"autocomplete": "off", "spellcheck": "false", "maxlength": "120"}
    return StringField(label, filters=[strip], render_kw={**known, **attributes})


def kelurahan() -> StringField:
    """Its name, as people write it; `templates/proposals/_where.html` lists those there are."""
    return text(N_("Kelurahan"), list="semua-kelurahan", autocapitalize="words")


def which_kelurahan() -> RadioField:
    """Those that are alike; none until a name was typed that may mean several."""
    return choice(N_("Yang mana?"), {})


def what_is_wrong() -> RadioField:
    """What is to be corrected."""
    return choice(N_("Apa yang salah?"), reasons(Kind.KOREKSI))


def what_is_right() -> TextAreaField:
    """And how it should be."""
    return words(N_("Apa yang tertulis, dan apa yang benar?"))


def words(label: str) -> TextAreaField:
    """What a sender says in their own words."""
    return TextAreaField(label, filters=[strip], render_kw=ROWS)
