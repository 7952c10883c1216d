"""What Salur refuses. Errors carry facts; the sentences are in `salur.words`, and each door picks the status.

A `code` is for the words only. Where it matters to a door what was refused, that is a class of its own, or a fact.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum


class SalurError(Exception):
    """Something Salur refuses. Never holds a NIK, KK number, name or cell."""


class Malformed(SalurError):
    """What was typed cannot be what it should be. `code` says why, in one of a few fixed words."""

    def __init__(self, code: str, *, digits: int | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.digits = digits  # how many digits were typed, where that helps to find the slip


class MalformedNik(Malformed, ValueError):
    """Not a NIK: `not_16_digits`, `serial_zero`, `impossible_date`, `unknown_province` or `looks_like_kk`.

    Where a number may be of any kind (`recognise`), also `phone_number`.
    """


class MalformedKk(MalformedNik):
    """Not a KK number, with the same codes as `MalformedNik` (but never `looks_like_kk`)."""


class MalformedLetterCode(Malformed, ValueError):
    """Not the code of a letter: `not_a_letter_code`."""


class MalformedTicketCode(Malformed, ValueError):
    """Not the code of a ticket: `ticket_length`, `ticket_letter` or `ticket_check`."""


class BadUsername(Malformed, ValueError):
    """Not a user name here: `username_shape` (3 to 30 of a-z 0-9 . _ -), `username_taken` or `username_sample`.

    The last is for those whom an account of the sample city invites: their names have to tell, too.
    """


class WeakPassword(Malformed, ValueError):
    """A password that would be guessed: `password_short`, `password_long`, `password_easy`."""


class RanOut(StrEnum):
    """What somebody has had too many of."""

    ASKER = "asker"  # numbers missed or right, or things sent
    IDENTITY = "identity"  # this asker's misses on this number
    CLOSED = "closed"  # misses by anyone on this number; a letter code still opens it
    TICKET = "ticket"  # wrong digits for a ticket
    SIGN_IN = "sign_in"  # wrong passwords, second factors or link codes


class TooManyAttempts(SalurError):
    """This asker has to wait before asking again; `scope` says for what."""

    def __init__(self, retry_in: timedelta, scope: RanOut) -> None:
        super().__init__(scope)
        self.retry_in = retry_in
        self.scope = scope


class UnreadableFile(SalurError):
    """The file as a whole cannot be read.

    `code` is one of `missing`, `empty`, `password`, `not_a_table`, `damaged`, `zip_bomb`, `formula_errors`,
    `too_large`, `too_many_rows`, `no_header`, `rows_lost`, or the kind of a file that is not read: `web_page`, `xlsb`,
    `numbers`, `word`, `flat_ods`, `pdf`, `picture`, `archive`, `online`.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class UnfitPdf(SalurError):
    """A file that is handed on to nobody.

    `code` is one of `too_large`, `not_a_pdf`, `damaged`, `password`, `no_pages`, `too_long`, `active` (scripts,
    programs to start, forms that send) or `attachments` (files inside).
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Refused(SalurError):
    """What somebody asked for cannot be done now. `code` says why; `facts` holds what helps (no personal data)."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class NotThere(Refused):
    """What was asked for is not there, or is nothing of this officer's: which of the two, nobody is told."""


class FieldRefused(Refused):
    """One part of what was sent cannot stay as it is. `field` is its name in the call, or in the draft."""

    def __init__(self, field: str, code: str, **facts: object) -> None:
        super().__init__(code, **facts)
        self.field = field


class Meanwhile(Refused):
    """Someone else was faster: what this was decided on has changed. `facts` say what they did."""

    def __init__(self, **facts: object) -> None:
        super().__init__("meanwhile", **facts)


class AlreadyImported(Refused):
    """This very file was imported before, as the list with the id `list`."""

    def __init__(self, list: int) -> None:
        super().__init__("already_imported", list=list)
        self.list = list


class ConfigError(SalurError):
    """The settings are incomplete or contradict each other. `setting` is the variable's name; `perhaps` are values that
    may have been meant, each with its name."""

    def __init__(self, setting: str, code: str, perhaps: Mapping[str, str] | None = None) -> None:
        super().__init__(f"{setting}: {code}")
        self.setting = setting
        self.code = code
        self.perhaps = perhaps or {}


class DatabaseAway(SalurError):
    """The database cannot be reached, is full or is not migrated. `kind` is the driver's name for it; never its text,
    which may hold values of rows. `perhaps_written`: it went as a transaction was committed."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind
        self.perhaps_written = False


class NoKey(SalurError):
    """Sealed data name a key that the key file does not hold, or were moved from their row."""


class FieldsRefused(Refused):
    """Parts of what was sent cannot stay as they are. `slips` says which and why: name in the draft -> code.

    `code` is the first of them, for doors that say one thing at a time.
    """

    def __init__(self, slips: Mapping[str, str]) -> None:
        super().__init__(next(iter(slips.values())))
        self.slips = slips


class NothingFits(Refused):
    """No row of a file could be used. `report` says why, row by row: a `FileReport`."""

    def __init__(self, report: object) -> None:
        super().__init__("nothing_fits")
        self.report = report


class Asked(Refused):
    """Rows of a file are taken only when the operator says that they are right. `report` holds the questions."""

    def __init__(self, report: object) -> None:
        super().__init__("asked")
        self.report = report
