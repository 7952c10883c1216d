"""The one form: a number or code, and a name. A slip of the finger is caught here, before anything is counted.

Two fields need no form library: the token that comes with them is checked by Flask-WTF before this is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from salur.core.errors import Malformed, SalurError
from salur.core.names.typed import has_letters, slip_of
from salur.core.people.nik import Identity, are_swapped, recognise
from salur.core.people.ticket_codes import TicketCode


@dataclass(slots=True, repr=False)
class CheckForm:
    """Number and name as typed, put right where they were swapped.

    `errors` by field are the core's own, or codes of `salur.words`; never sentences.
    """

    nomor: str = ""
    nama: str = ""
    warned: str = ""  # the number that was refused for its date (`Nik.parse`)
    warned_name: str = ""  # what was asked about because it is hardly a name (`slip_of`)
    problem: str = ""  # of both fields together, a code as well
    identity: Identity | TicketCode | None = None
    errors: dict[str, SalurError | str] = field(default_factory=dict)

    @classmethod
    def read(cls, fields: Mapping[str, str]) -> Self:
        """Take what was typed, and nothing for a field that was not sent. Judges nothing yet."""
        return cls(
            fields.get("nomor", ""), fields.get("nama", ""), fields.get("tetap", ""), fields.get("tetap_nama", "")
        )

    def understood(self) -> Identity | TicketCode | None:
        """Recognise the number and look at the name; None when either is wrong, and then `errors` says what."""
        self.errors, self.problem = {}, ""
        if are_swapped(self.nomor, self.nama):
            self.nomor, self.nama, self.problem = self.nama, self.nomor, "swapped"
            return None
        if not self.nomor.strip():
            self.errors["nomor"] = "number_missing"
        else:
            try:
                self.identity = recognise(self.nomor, warned=self.warned)
            except Malformed as error:
                self.errors["nomor"] = error
        needed = self.identity is None or self.identity.needs_name
        if name_slip := slip_of(self.nama, needed=needed, warned=self.warned_name):
            self.errors["nama"] = name_slip
        return None if self.errors else self.identity

    @property
    def typed_letters(self) -> bool:
        """Whether the number holds letters, so that the keyboard shown should have some."""
        return has_letters(self.nomor)
