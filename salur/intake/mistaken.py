"""A file of another kind than it was given as: a report of payments as a list, a list as a schedule.

Columns of one kind are found in files of another. What would come of it is believable, and wrong for everybody in it.
Rows are looked at while they are read; what most of them say counts, and an operator who names columns knows better.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from salur.core.errors import Refused
from salur.intake.cells.payouts import speaks_of_money
from salur.intake.cells.texts import text_of
from salur.intake.files.sheet import Row
from salur.intake.tables.columns import How, Speller
from salur.intake.tables.spellings import PAYMENTS, PEOPLE, REGIONS

MOST = 0.5
NUMBER = re.compile(r"(?<!\d)\d{16}(?!\d)")
PAID_ON = re.compile(r"^(?:TANGGAL|TGL|WAKTU)\b.*(?:BAYAR|SERAH|TERIMA|CAIR|TRANSAKSI|REALISASI|AMBIL)")
REMARKS = Speller(
    {"status": PAYMENTS["status"], "note": f"{PEOPLE['note']}, {PAYMENTS['note']}", "unused": PEOPLE["unused"]}
)
LISTED = Speller(
    {**{name: PEOPLE[name] for name in ("address", "amount", "group_name")}, **REGIONS, "unused": PEOPLE["unused"]}
)
PERSON = Speller({**{name: PEOPLE[name] for name in ("nik", "kk", "name")}, "unused": PEOPLE["unused"]})
BARE = {"NAMA", "PENERIMA"}  # a place has a name too, and sittings are for recipients


class Watch:
    """Looks at the rows of a file as they are read."""

    def __init__(self, *, off: bool) -> None:
        self._off = off
        self._seen = self._told = 0
        self._labels: tuple[str, ...] | None = None
        self._remarks: Sequence[int] = ()
        self._of_results = False

    def look_for_results(self, labels: tuple[str, ...], row: Row) -> None:
        """Whether a row says that it was paid or not, in a column of remarks; or on what day, and nothing of a list."""
        if labels is not self._labels:  # of another table
            self._labels, self._remarks, self._of_results = labels, _remarks(labels), _is_of_results(labels)
        remarks = [text for column in self._remarks if column < len(row) and (text := text_of(row[column]))]
        self._count(self._of_results or any(map(speaks_of_money, remarks)))

    def look_for_people(self, labels: tuple[str, ...], row: Row) -> None:
        """Whether a row is one person's: it has their number, or the header says so."""
        self._count(any(NUMBER.search(text_of(cell)) for cell in row if cell != "") or _is_of_people(labels))

    def refuse(self, code: str) -> None:
        """Raise Refused with the code when most rows are of that other kind."""
        if not self._off and self._told > MOST * self._seen:
            raise Refused(code)

    def _count(self, told: bool) -> None:
        self._seen += 1
        self._told += told


def _remarks(labels: tuple[str, ...]) -> Sequence[int]:
    guesses = ((column, REMARKS.guess(label)) for column, label in enumerate(labels))
    return [column for column, found in guesses if found and found[0].field != "unused"]


def _is_of_results(labels: tuple[str, ...]) -> bool:
    """A day of payment, and none of what a list says of people but numbers and names."""
    listed = any(found and found[0].field != "unused" for found in map(LISTED.guess, labels))
    return not listed and any(PAID_ON.search(label.upper()) for label in labels)


@lru_cache(maxsize=64)
def _is_of_people(labels: tuple[str, ...]) -> bool:
    found = ((label, PERSON.guess(label)) for label in labels if label.upper().strip() not in BARE)
    return any(guess and guess[0].field != "unused" and guess[0].how <= How.SPELLING for _, guess in found)
