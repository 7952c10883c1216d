"""What Salur refuses. Errors carry facts; the sentences are in `salur.words`, and each door picks the status."""

from __future__ import annotations

from datetime import timedelta


class SalurError(Exception):
    """Something Salur refuses. Never holds a NIK, KK number, name or cell."""


class Malformed(SalurError):
    """What was typed cannot be what it should be. `code` says why, in one of a few fixed words."""

    def __init__(self, code: str, *, digits: int | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.digits = digits  # how many digits were typed, where that helps to find the slip


class MalformedNik(Malformed, ValueError):
    """Not a NIK: `not_16_digits`, `serial_zero`, `impossible_date`, `unknown_province` or `looks_like_kk`."""


class MalformedKk(MalformedNik):
    """Not a KK number, with the same codes as `MalformedNik` (but never `looks_like_kk`)."""


class MalformedLetterCode(Malformed, ValueError):
    """Not the code of a letter: `not_a_letter_code`."""


class MalformedTicketCode(Malformed, ValueError):
    """Not the code of a ticket: `ticket_length`, `ticket_letter` or `ticket_check`."""


class TooManyAttempts(SalurError):
    """This asker has to wait before asking again.

    `scope` says what ran out: `asker` (questions an hour), `identity` (this asker's misses on this number),
    `closed` (misses by anyone on this number; a letter code still opens it) or `sign_in` (wrong passwords).
    """

    def __init__(self, retry_in: timedelta, scope: str) -> None:
        super().__init__(scope)
        self.retry_in = retry_in
        self.scope = scope


class UnreadableFile(SalurError):
    """The file as a whole cannot be read.

    `code` is one of `missing`, `empty`, `password`, `not_a_table`, `damaged`, `zip_bomb`, `formula_errors`,
    `too_large`, `too_many_rows`, `no_header`.
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
    """An operator's command cannot be carried out now. `code` says why; `facts` holds what helps (no personal data)."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class ConfigError(SalurError):
    """The settings are incomplete or contradict each other. `setting` is the variable's name."""

    def __init__(self, setting: str, code: str) -> None:
        super().__init__(f"{setting}: {code}")
        self.setting = setting
        self.code = code


class DatabaseAway(SalurError):
    """The database cannot be reached, is full or is not migrated. `kind` is the driver's name for it; never its text,
    which may hold values of rows."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class NoKey(SalurError):
    """Sealed data name a key that the key file does not hold, or were moved from their row."""
