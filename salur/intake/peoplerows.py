"""Judging the rows of a table of people: who stands there, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import chain, islice

from salur.core.answers import Channel, State
from salur.intake.cells import amount, rt_rw, single_number, text_of, value_of
from salur.intake.draft import ListedPerson, RowId
from salur.intake.files import Cell, Row
from salur.intake.numbers import read_kk, read_nik
from salur.intake.places import Places
from salur.intake.reading import records
from salur.intake.tables import Table
from salur.intake.titles import read_titles
from salur.intake.wordings import channel_of, programme_of, stage_of, standing_of

REPEATABLE = {
    "kk", "address", "rt", "rw", "rt_rw", "kelurahan", "kecamatan", "kab_kota", "programme", "stage", "amount",
    "bank", "delivery", "note", "group_name", "head_name", "post_office",
}  # fmt: skip
SAMPLE = 200
FEW_CELLS = 3  # a name among fewer cells than this, with no number, is a signature
SUBTOTAL = re.compile(r"(?:SUB\s*-?\s*TOTAL|GRAND\s*TOTAL|TOTAL|JUMLAH|JML|REKAP(?:ITULASI)?|TERBILANG)\b", re.I)
FOOTER = re.compile(
    r"(?:MENGETAHUI|MENYETUJUI|LURAH|KEPALA (?:DESA|DINAS|SEKSI|BIDANG)|CAMAT|SEKRETARIS|NIP\b|PETUGAS|KETUA R[TW]"
    r"|DIBUAT OLEH|DISAHKAN|CATATAN|SUMBER DATA|DICETAK|\(?[.…_]{4,})|[A-Z][A-Za-z ]+,\s*\d{1,2} [A-Za-z]+ \d{4}$",
    re.I,
)


Faults = list[tuple[str, str]]  # column and code


class RowReader:
    """Reads the rows of one table."""

    def __init__(self, table: Table, row_id: Callable[[Table, int], RowId]) -> None:
        self._table, self._row_id = table, row_id
        self._columns = table.columns
        self._titles = read_titles(table.titles, read_titles([table.sheet.name]))
        self._numbers = [self._columns[f] for f in ("nik", "kk") if f in self._columns]
        self._codes = [*self._numbers, *(self._columns[f] for f in ("letter_code",) if f in self._columns)]
        self._faults: Faults = []

    def rows(self) -> Iterator[tuple[RowId, Row, ListedPerson | None, Faults]]:
        """Give each row that is meant as a person: the person, or None when it is refused, and its faults."""
        rows = records(self._table, REPEATABLE, self._is_record)
        sample = list(islice(rows, SAMPLE))
        self._places = Places(self._columns, [row for _, row, is_record in sample if is_record], self._titles)
        for number, row, is_record in chain(sample, rows):
            if not is_record:
                self._read_heading(row)
                continue
            self._faults = []
            row_id = self._row_id(self._table, number)
            yield row_id, row, self._person(row_id, row), self._faults

    def _is_record(self, row: Row) -> bool:
        """Whether a row is meant as a person, and is no subtotal, heading, signature or footnote."""
        has_number = any(row[column] != "" and _digits(row[column]) >= 10 for column in self._numbers)
        if has_number:
            return True
        filled = [text for cell in row if cell != "" and (text := text_of(cell))]
        if not filled or _is_subtotal(filled) or any(FOOTER.match(text) for text in filled):
            return False
        has_name = self._text(row, "name") is not None
        has_code = any(value_of(row[column]) for column in self._codes)
        return (has_name and (has_code or len(filled) >= FEW_CELLS)) or (has_code and len(filled) >= FEW_CELLS)

    def _read_heading(self, row: Row) -> None:
        """A line inside the table such as `RT 003 RW 005` holds for the rows under it."""
        filled = [text for cell in row if cell != "" and (text := text_of(cell))]
        if filled and len(filled) < FEW_CELLS and not _is_subtotal(filled) and not FOOTER.match(filled[0]):
            self._titles = read_titles([" ".join(filled)], self._titles)

    def _person(self, row_id: RowId, row: Row) -> ListedPerson | None:
        nik, kk, letter_code = self._nik(row), self._kk(row), self._text(row, "letter_code")
        name = self._text(row, "name")
        if name is None or not any(char.isalpha() for char in name):
            self._fault("name", "name_missing")
            return None
        if not (nik or kk or letter_code):
            self._faults = [f for f in self._faults if not f[1].endswith("_missing")]
            self._fault("nik", "no_identity")
            return None
        rt, rw = self._neighbourhood(row)
        money = self._amount(row)
        place = self._places.of(row, self._titles)
        if place.unknown:
            self._fault(place.unknown, "region_unknown")
        note = self._text(row, "note")
        state, reason, care = standing_of(note) if note else (None, None, False)
        channel, brought = self._channel(row)
        group_name = self._text(row, "group_name")
        return ListedPerson(
            row=row_id,
            nik=nik,
            kk=kk,
            name=name,
            address=self._text(row, "address"),
            rt=rt,
            rw=rw,
            kelurahan=place.kelurahan,
            kecamatan=place.kecamatan,
            programme=programme_of(text) if (text := self._text(row, "programme")) else self._titles.programme,
            stage=stage_of(text) if (text := self._text(row, "stage")) else self._titles.stage,
            amount=money,
            letter_code=letter_code,
            region_code=place.region_code,
            note=note,
            state=state or (State.GROUP.value if group_name else None),
            reason=reason,
            channel=channel,
            group_name=group_name,
            head_name=self._text(row, "head_name"),
            care=care or brought,
        )

    def _nik(self, row: Row) -> str | None:
        if "nik" not in self._columns:
            return None
        digits, code = read_nik(row[self._columns["nik"]])
        if code:
            self._fault("nik", f"nik_{code}")
        return digits

    def _kk(self, row: Row) -> str | None:
        if "kk" not in self._columns:
            return None
        digits, code = read_kk(row[self._columns["kk"]])
        if code:
            self._fault("kk", f"kk_{code}")
        return digits

    def _neighbourhood(self, row: Row) -> tuple[int | None, int | None]:
        """RT and RW: from the joined column, their own, the address, the titles, in this order."""
        rt = rw = None
        clear = True
        if (column := self._columns.get("rt_rw")) is not None or (column := self._columns.get("rt")) is not None:
            rt, rw, clear = rt_rw(row[column])
        if not clear:
            self._fault("rt", "rt_unclear")
        if rw is None and (column := self._columns.get("rw")) is not None:
            rw, rw_clear = single_number(row[column])
            if not rw_clear:
                self._fault("rw", "rt_unclear")
                return rt, None
        return rt or (self._titles.rt if clear else None), rw or (self._titles.rw if clear else None)

    def _amount(self, row: Row) -> int | None:
        if (column := self._columns.get("amount")) is None:
            return None
        value, clear = amount(row[column])
        if not clear:
            self._fault("amount", "amount_unclear")
        return value

    def _channel(self, row: Row) -> tuple[str | None, bool]:
        """How the person is paid, and whether at home. The account number itself is not kept."""
        delivery = self._text(row, "delivery")
        told = channel_of(delivery) if delivery else None
        if told is None and self._text(row, "account"):
            told = Channel.BANK_CARD.value
        if told is None and (bank := self._text(row, "bank")):
            told = channel_of(bank)
        return told, told == Channel.HOME.value

    def _text(self, row: Row, field: str) -> str | None:
        column = self._columns.get(field)
        return None if column is None or row[column] == "" else value_of(row[column])

    def _fault(self, column: str, code: str) -> None:
        self._faults.append((column, code))


def _digits(cell: Cell) -> int:
    return sum(char.isdigit() for char in text_of(cell))


def _is_subtotal(filled: list[str]) -> bool:
    """Whether the first text of a row, after its number, is `JUMLAH RT 001` or the like."""
    first = next((text for text in filled if not text.isdecimal()), "")
    return SUBTOTAL.match(first) is not None
