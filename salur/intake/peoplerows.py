"""Judging the rows of a table of people: who stands there, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from salur.core.answers import Channel, State
from salur.intake.cells import amount, text_of, value_of
from salur.intake.draft import ListedPerson, RowId
from salur.intake.files import Cell, Row
from salur.intake.numbers import read_kk, read_nik
from salur.intake.rows import FEW_CELLS, RowReader, filled
from salur.intake.wordings import Standing, channel_of, standing_of

REPEATABLE = frozenset({
    "kk", "address", "rt", "rw", "rt_rw", "kelurahan", "kecamatan", "kab_kota", "programme", "stage", "amount",
    "bank", "delivery", "note", "group_name", "head_name", "post_office",
})  # fmt: skip
# Written as a number, with the signs and words that come with one; `NIP. 1970…` of a signature is none.
NUMBER = re.compile(r"\W*(?:(?:NIK|KK|NO|KTP|NKK)\b[.:\s]*)*[\dO][\dOE+.,\s\W]*", re.I)
LETTER_NUMBER = re.compile(r"\d{5}\s*[-/]\s*\d{3,}")
LONG = 10  # digits that make a number a NIK or KK, however badly written
NO_STANDING = Standing(None, None, care=False)
SUBTOTAL = re.compile(r"(?:SUB\s*-?\s*TOTAL|GRAND\s*TOTAL|TOTAL|JUMLAH|JML|REKAP(?:ITULASI)?|TERBILANG)\b", re.I)
FOOTER = re.compile(
    r"(?:MENGETAHUI|MENYETUJUI|LURAH|KEPALA (?:DESA|DINAS|SEKSI|BIDANG)|CAMAT|SEKRETARIS|NIP\b|PETUGAS|KETUA R[TW]"
    r"|DIBUAT OLEH|DISAHKAN|CATATAN|SUMBER DATA|DICETAK|\(?[.…_]{4,})|[A-Z][A-Za-z ]+,\s*\d{1,2} [A-Za-z]+ \d{4}$",
    re.I,
)


class PeopleRows(RowReader):
    """Reads the rows of one table of people."""

    repeatable = REPEATABLE

    def people(self) -> Iterator[tuple[RowId, Row, ListedPerson | None]]:
        """Give each row that is meant as a person: the person, or None when the row is refused."""
        self._numbers = [self._columns[f] for f in ("nik", "kk") if f in self._columns]
        self._codes = [self._columns[f] for f in ("nik", "kk", "letter_code", "post_office") if f in self._columns]
        for row_id, row in self.records():
            yield row_id, row, self._person(row_id, row)

    def is_record(self, row: Row) -> bool:
        """A long number makes a person; else a name or a letter code, with some more about who it is."""
        if any(_is_long_number(row[column]) for column in self._numbers):
            return True
        texts = filled(row)
        if not texts or is_subtotal(texts) or any(FOOTER.match(text) for text in texts):
            return False
        has_code = any(value_of(row[column]) for column in self._codes)
        has_name = self.text(row, "name") is not None
        return len(texts) >= FEW_CELLS and (has_name or has_code) or (has_name and has_code)

    def is_heading(self, row: Row) -> bool:
        """Subtotals and signatures name RT and places too, but say nothing of the rows under them."""
        texts = filled(row)
        return 0 < len(texts) < FEW_CELLS and not is_subtotal(texts) and not FOOTER.match(texts[0])

    def _person(self, row_id: RowId, row: Row) -> ListedPerson | None:
        nik, kk, letter_code = self._nik(row), self._kk(row), self._letter_code(row)
        name = self.text(row, "name")
        if name is None or not any(char.isalpha() for char in name):
            self.fault("name", "name_missing")
            return None
        if not (nik or kk or letter_code):
            self.faults = [fault for fault in self.faults if not fault[1].endswith("_missing")]
            self.fault("nik", "no_identity")
            return None
        rt, rw = self.neighbourhood(row)
        money = self._amount(row)
        kelurahan, kecamatan, region_code = self.place(row)
        note, group_name = self.text(row, "note"), self.text(row, "group_name")
        state, reason, care = standing_of(note) if note else NO_STANDING
        channel = self._channel(row)
        return ListedPerson(
            row=row_id,
            nik=nik,
            kk=kk,
            name=name,
            address=self.text(row, "address"),
            rt=rt,
            rw=rw,
            kelurahan=kelurahan,
            kecamatan=kecamatan,
            programme=self.programme(row),
            stage=self.stage(row),
            amount=money,
            letter_code=letter_code,
            region_code=region_code,
            note=note,
            state=state or (State.GROUP.value if group_name else None),
            reason=reason,
            channel=channel,
            group_name=group_name,
            head_name=self.text(row, "head_name"),
            care=care or channel == Channel.HOME.value,
        )

    def _letter_code(self, row: Row) -> str | None:
        """The code of the letter; where it has no column of its own, the number that KPRK and running number make."""
        if "letter_code" in self._columns:
            return self.text(row, "letter_code")
        office = self.text(row, "post_office")
        return office if office and LETTER_NUMBER.fullmatch(office) else None

    def _nik(self, row: Row) -> str | None:
        if "nik" not in self._columns:
            return None
        digits, code = read_nik(row[self._columns["nik"]])
        if code:
            self.fault("nik", f"nik_{code}")
        return digits

    def _kk(self, row: Row) -> str | None:
        if "kk" not in self._columns:
            return None
        digits, code = read_kk(row[self._columns["kk"]])
        if code:
            self.fault("kk", f"kk_{code}")
        return digits

    def _amount(self, row: Row) -> int | None:
        if (column := self._columns.get("amount")) is None:
            return None
        value, clear = amount(row[column])
        if not clear:
            self.fault("amount", "amount_unclear")
        return value

    def _channel(self, row: Row) -> str | None:
        """How the person is paid. That there is an account counts; its number is not kept."""
        if (delivery := self.text(row, "delivery")) and (told := channel_of(delivery)):
            return told
        if self.text(row, "account"):
            return Channel.BANK_CARD.value
        bank = self.text(row, "bank")
        return channel_of(bank) if bank else None


def is_subtotal(texts: list[str]) -> bool:
    """Whether the first text of a row, after its number, is `JUMLAH RT 001` or the like."""
    first = next((text for text in texts if not text.isdecimal()), "")
    return SUBTOTAL.match(first) is not None


def _is_long_number(cell: Cell) -> bool:
    if isinstance(cell, str) and (not cell or cell.isdecimal()):
        return len(cell) >= LONG
    text = text_of(cell)
    return sum(char.isdigit() for char in text) >= LONG and NUMBER.fullmatch(text) is not None
