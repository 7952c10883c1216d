"""Judging the rows of a table of people: who stands there, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from salur.core.lists.kinds import ListedPerson, RowId, State
from salur.core.names.typed import has_letters
from salur.core.payouts.answers import Channel
from salur.core.people.written import digits_meant
from salur.intake.cells.numbers import SIXTEEN, is_plain, read_kk, read_nik
from salur.intake.cells.wordings import Standing, channel_of, standing_of
from salur.intake.files.sheet import Row
from salur.intake.person_rows import PersonRows
from salur.intake.tables.content import WOMAN, is_of_birth, is_recent
from salur.intake.tables.titles import neighbourhood_in

REPEATABLE = frozenset({
    "kk", "address", "rt", "rw", "rt_rw", "kelurahan", "kecamatan", "kab_kota", "programme", "stage", "amount",
    "bank", "delivery", "note", "group_name", "head_name", "post_office",
})  # fmt: skip
LETTER_NUMBER = re.compile(r"\d{5}\s*[-/]\s*\d{3,}")
AS_ABOVE = re.compile(r"[-\s.]*(?:S\.?\s?D\.?\s?A|IDEM|SAMA (?:DE?NGA?N|DI)\b.*)[-\s.]*", re.I)  # no name repeats
NO_STANDING = Standing(None, None, care=False)


class PeopleRows(PersonRows):
    """Reads the rows of one table of people."""

    repeatable = REPEATABLE

    def people(self) -> Iterator[tuple[RowId, Row, ListedPerson | None]]:
        """Give each row that is meant as a person: the person, or None when the row is refused."""
        for row_id, row in self.records():
            yield row_id, row, self._person(row_id, row)

    def _person(self, row_id: RowId, row: Row) -> ListedPerson | None:
        if self.spoilt:
            return None
        if self._traded(row):
            self.fault("nik", "nik_other_number")
            return None
        nik, kk, letter_code = self._nik(row), self._kk(row), self._letter_code(row)
        name = self.text(row, "name")
        if name is None or not has_letters(name) or AS_ABOVE.fullmatch(name):
            self.fault("name", "name_missing")
            return None
        if not (nik or kk or letter_code):
            self.faults = [fault for fault in self.faults if not fault[1].endswith("_missing")]
            self.fault("nik", "no_identity")
            return None
        rt, rw = self.neighbourhood(row)
        money = self.amount(row)
        kelurahan, kecamatan, region_code = self.region(row)
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
            state=state or (State.GROUP if group_name else None),
            reason=reason,
            channel=channel,
            group_name=group_name,
            head_name=self.text(row, "head_name"),
            care=care or channel == Channel.HOME,
        )

    def neighbourhood(self, row: Row) -> tuple[int | None, int | None]:
        """As for all rows; where they say nothing, neither of the two, what the address says."""
        rt, rw = super().neighbourhood(row)
        if (
            rt
            or rw
            or ("rt", "rt_unclear") in self.faults
            or not self._address_tells
            or not (address := self.text(row, "address"))
        ):
            return rt, rw
        told = neighbourhood_in(address)
        if not told.clear:
            self.fault("address", "rt_unclear")
        return told.rt, told.rw

    @cached_property
    def _recent(self) -> dict[str, bool]:
        """By the year in a number, what `is_recent` says of it."""
        return {}

    @cached_property
    def _address_tells(self) -> bool:
        """Whether the address is where people live: the only one, and not that of the KTP."""
        addresses = [label for label in self._table.labels if re.search("ALAMAT|DOMISILI", label.upper())]
        return len(addresses) < len(("KTP", "DOMISILI")) and "KTP" not in self._label("address")

    def _traded(self, row: Row) -> bool:
        """Whether NIK and KK number of a row stand in each other's place: by the days in them, both of which say so."""
        nik = self._sixteen(row, "nik")
        if not nik or not self._is_recent(nik) or WOMAN.match(nik):
            return False
        kk = self._sixteen(row, "kk")
        return bool(kk) and (is_of_birth(kk) or WOMAN.match(kk) is not None)

    def _is_recent(self, digits: str) -> bool:
        year = digits[10:12]
        if year not in self._recent:
            self._recent[year] = is_recent(digits)
        return self._recent[year]

    def _sixteen(self, row: Row, field: str) -> str:
        """The digits of a number that has as many as it should; else empty."""
        if is_plain(cell := self.cell(row, field)):
            return cell
        digits = digits_meant(self.text(row, field) or "") or ""
        return digits if len(digits) == SIXTEEN else ""

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

    def _channel(self, row: Row) -> Channel | None:
        """How the person is paid. That there is an account counts; its number is not kept."""
        if (delivery := self.text(row, "delivery")) and (told := channel_of(delivery)):
            return told
        if self.text(row, "account"):
            return Channel.BANK_CARD
        bank = self.text(row, "bank")
        return channel_of(bank) if bank else None
