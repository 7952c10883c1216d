"""The one form: a number and a name. A slip of the finger is caught here, before anything is counted.

Two fields need no form library: the token that comes with them is checked by Flask-WTF before this is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from salur.core.errors import Malformed, SalurError
from salur.core.nik import Identity, recognise

NAME_LENGTH = 100


@dataclass(slots=True, repr=False)
class CheckForm:
    """Number and name as typed; `errors` by field are the core's own, or codes of `salur.words`; never sentences."""

    nomor: str = ""
    nama: str = ""
    identity: Identity | None = None
    errors: dict[str, SalurError | str] = field(default_factory=dict)

    @classmethod
    def read(cls, fields: Mapping[str, str]) -> Self:
        """Take what was typed, and nothing for a field that was not sent. Judges nothing yet."""
        return cls(fields.get("nomor", ""), fields.get("nama", ""))

    def understood(self) -> Identity | None:
        """Recognise the number and look at the name; None when either is wrong, and then `errors` says what."""
        self.errors = {}
        if not self.nomor.strip():
            self.errors["nomor"] = "number_missing"
        else:
            try:
                self.identity = recognise(self.nomor)
            except Malformed as error:
                self.errors["nomor"] = error
        if not any(char.isalpha() for char in self.nama):
            self.errors["nama"] = "name_missing"
        elif len(self.nama) > NAME_LENGTH:
            self.errors["nama"] = "name_too_long"
        return None if self.errors else self.identity

    @property
    def typed_letters(self) -> bool:
        """Whether the number holds letters, so that the keyboard shown should have some."""
        return any(char.isalpha() for char in self.nomor)
