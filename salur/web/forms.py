"""The one form: a number and a name. A slip of the finger is caught here, before anything is counted."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import StringField, ValidationError

from salur.core.errors import Malformed
from salur.core.nik import Identity, recognise

NAME_LENGTH = 100


class CheckForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """Number and name as typed. Errors are the core's own, or codes of `salur.words`; never sentences."""

    class Meta:
        """The token is checked for every POST by CSRFProtect, before a form is made; not here once more."""

        csrf = False

    nomor = StringField()
    nama = StringField()
    identity: Identity | None = None

    def validate_nomor(self, field: StringField) -> None:
        """Recognise the number, and keep what it is."""
        if not (field.data or "").strip():
            raise ValidationError("number_missing")
        try:
            self.identity = recognise(field.data)
        except Malformed as error:
            raise ValidationError(error) from error  # the error itself: words.refusal says it

    def validate_nama(self, field: StringField) -> None:
        """A name has letters, and an end."""
        if not any(char.isalpha() for char in field.data or ""):
            raise ValidationError("name_missing")
        if len(field.data) > NAME_LENGTH:
            raise ValidationError("name_too_long")

    @property
    def typed_letters(self) -> bool:
        """Whether the number holds letters, so that the keyboard shown should have some."""
        return any(char.isalpha() for char in self.nomor.data or "")
