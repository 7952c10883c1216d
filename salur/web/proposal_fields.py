"""The fields of proposals: their makers, and what may stand in them.

What is wrong with a field is said in the reader's language at once: some of it counts digits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from flask_wtf import FlaskForm
from wtforms import Field, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, ValidationError

from salur import words
from salur.core.errors import Malformed
from salur.core.nik import plain_digits
from salur.core.proposal_answers import REASONS
from salur.core.proposal_steps import Kind
from salur.web.locale import say
from salur.words import mark
from salur.words.inbox import SENT_FOR
from salur.words.proposals import OTHER, PROPOSAL_SLIPS

NAME_LENGTH, WORDS_LENGTH = 100, 1000
NUMBER_KEYS = {"inputmode": "numeric", "autocomplete": "off", "maxlength": "40"}
ANY_PLACE = ""
WHY = mark("Pilih dulu alasannya.")
T = TypeVar("T")


def stripped(text: str | None) -> str:
    """What was typed without the spaces around it."""
    return (text or "").strip()


def slip(code: str) -> ValidationError:
    """What is wrong, by its code."""
    return ValidationError(PROPOSAL_SLIPS[code])


def parsed(parse: Callable[[Any], T], text: str | bytes) -> T:
    """What a parser of the core reads; its error said as this form's. Raises ValidationError."""
    try:
        return parse(text)
    except Malformed as error:
        raise ValidationError(words.refusal(error, say())) from None


def is_name(form: FlaskForm, field: Field) -> None:
    """A name has letters, and is no essay."""
    if not any(char.isalpha() for char in field.data):
        raise ValidationError(words.refusal("name_missing", say()))
    if len(field.data) > NAME_LENGTH:
        raise ValidationError(words.refusal("name_too_long", say()))


def is_phone(form: FlaskForm, field: Field) -> None:
    """Digits, with a plus before them perhaps."""
    if field.data and not 8 <= len(plain_digits(field.data.removeprefix("+")) or "") <= 16:
        raise slip("phone_wrong")


def is_small_number(form: FlaskForm, field: Field) -> None:
    """RT and RW: `3`, `003`."""
    digits = plain_digits(field.data) or ""
    if field.data and (len(digits) > 3 or not digits.isdecimal() or int(digits) == 0):
        raise slip(f"{field.short_name}_number")


def is_small_number_there(form: FlaskForm, field: Field) -> None:
    """The same, where it cannot be left out."""
    if not field.data:
        raise slip(f"{field.short_name}_number")
    is_small_number(form, field)


def are_four_digits(form: FlaskForm, field: Field) -> None:
    """The last four digits of a number."""
    if len(plain_digits(field.data) or "") != 4:
        raise slip("digits_missing")


def are_words(form: FlaskForm, field: Field) -> None:
    """Something was written."""
    if not field.data:
        raise slip("words_missing")


WORDS = Length(max=WORDS_LENGTH, message=PROPOSAL_SLIPS["words_too_long"])
ROWS = {"rows": "4", "maxlength": str(WORDS_LENGTH)}


def choice(label: str, choices: Mapping[str, str], missing: str) -> RadioField:
    """Radio buttons of which none is taken at first; `missing` is said when that stays so."""

    def is_chosen(form: FlaskForm, field: Field) -> None:
        if field.data not in field.choices:
            raise ValidationError(missing)

    return RadioField(label, [is_chosen], choices=dict(choices), validate_choice=False, default="")


def reasons(kind: Kind) -> dict[str, str]:
    """The reasons for sending, as choices."""
    return {code: SENT_FOR.get((kind, code), OTHER) for code in REASONS[kind]}


def text(label: str, *validators: Any, **attributes: str) -> StringField:
    """A line of text."""
    known = {"autocomplete": "off", "spellcheck": "false", "maxlength": "120"}
    return StringField(label, list(validators), filters=[stripped], render_kw={**known, **attributes})


def village() -> SelectField:
    """The kelurahan; `PlaceFields` fills in which there are."""
    return SelectField(mark("Kelurahan"), validate_choice=False)


def what_is_wrong() -> RadioField:
    """What is to be corrected."""
    return choice(mark("Apa yang salah?"), reasons(Kind.KOREKSI), mark("Pilih dulu apa yang salah."))


def what_is_right() -> TextAreaField:
    """And how it should be."""
    label = mark("Apa yang tertulis, dan apa yang benar?")
    return TextAreaField(label, [are_words, WORDS], filters=[stripped], render_kw=ROWS)
