"""Reading a schedule: which area is paid when and where."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache

from salur.core.answers import PlaceKind
from salur.core.periods import is_period
from salur.intake.cells import text_of, value_of
from salur.intake.columns import Speller
from salur.intake.coordinates import NOWHERE, Position, position_from, position_of
from salur.intake.dates import Hours, day_of, hour_of, hours_of
from salur.intake.draft import ListedSession, RowId, ScheduleDraft
from salur.intake.files import Row
from salur.intake.peoplerows import is_subtotal
from salur.intake.reading import Findings, read_tables
from salur.intake.rows import RowReader, filled
from salur.intake.spellings import SCHEDULE

SPELLER = Speller(SCHEDULE)
ENOUGH = [{"place", other} for other in ("date", "kelurahan", "address", "coordinates", "hours")] + [
    {"kelurahan", "date"}
]
REPEATABLE = frozenset(SCHEDULE) - {"unused"}
TELLING = ("place", "date", "kelurahan", "address", "hours", "starts")  # two of these make a session
AT_HOME = "Rumah penerima"
UNTIL_DONE = "SELESAI"
# Kind of place by the words of its own column, else of its name; the first that fits.
KINDS = (
    # A hospital, and the house of a head of RT or RW where neighbours gather, are no visits to the payee.
    (PlaceKind.OTHER, r"RUMAH (?:SAKIT|SINGGAH)|\bRS[UI]?D?\b|RUMAH (?:PAK |BAPAK |BU |IBU )?(?:KETUA|R[TW]\b|KADER)"),
    (PlaceKind.HOME, r"RUMAH|\bHOME\b|\bANTAR\b|DIANTAR|KUNJUNGAN|DOOR"),
    (PlaceKind.POST_OFFICE, r"\bPOS\b|\bKCP?\b|\bKCU\b|\bKPRK\b|POST OFFICE|POST_OFFICE"),
    (PlaceKind.DISTRICT_OFFICE, r"KECAMATAN|\bKEC\b|CAMAT|DISTRICT_OFFICE"),
    (
        PlaceKind.SCHOOL,
        r"SEKOLAH|\bSD\b|\bSDN\b|\bSMPN?\b|\bSMAN?\b|\bSMKN?\b|\bMI\b|\bMTSN?\b|\bMAN?\b|MADRASAH|\bTK\b|SCHOOL",
    ),
    (
        PlaceKind.VILLAGE_HALL,
        r"KELURAHAN|\bKEL\b|\bDESA\b|BALAI|\bAULA\b|PENDOPO|BALE|KANTOR LURAH|VILLAGE_HALL|BALAI WARGA",
    ),
    (PlaceKind.OTHER, r"LAIN|KOMUNITAS|MASJID|LAPANGAN|GEDUNG|\bGOR\b|POSYANDU|OTHER|PASAR|BANK|\bE-?WARONG\b"),
)


def read_schedule(path: str | os.PathLike[str], columns: Mapping[str, str] | None = None) -> ScheduleDraft:
    """Read a schedule of payments, of whatever layout; `columns` as in `read_list`.

    A row without place or day is refused: nobody can go there. What else is wrong is a fault.

    Raises: UnreadableFile, Refused.
    """
    tables = read_tables(path, SPELLER, columns, ENOUGH)
    findings = Findings()
    sessions: list[ListedSession] = []
    for table in tables.tables:
        reader = ScheduleRows(table, tables)
        for row, session in reader.sessions():
            refused = not session.place or session.date is None
            if not refused:
                sessions.append(session)
            if reader.faults:
                findings.add(session.row, row, reader.faults, refused=refused)
    return ScheduleDraft(
        faults=tuple(findings.faults),
        refused=tuple(findings.refused),
        understood=tables.understood,
        header=tables.header,
        faulty_cells=findings.faulty_cells,
        sessions=tuple(sessions),
    )


class ScheduleRows(RowReader):
    """Reads the rows of one schedule."""

    repeatable = REPEATABLE

    def sessions(self) -> Iterator[tuple[Row, ListedSession]]:
        """Give each row with the session that it announces."""
        for row_id, row in self.records():
            yield row, self._session(row_id, row)

    def is_record(self, row: Row) -> bool:
        """Two of the things that make a session."""
        texts = filled(row)
        if not texts or is_subtotal(texts):
            return False
        return sum(self.text(row, field) is not None for field in TELLING) > 1

    def _session(self, row_id: RowId, row: Row) -> ListedSession:
        kind, place = self._kind_and_place(row)
        day, hours, position = self._required_day(row), self._hours(row), self._position(row)
        deadline = self._day(row, "deadline")
        rt, rw = self.neighbourhood(row)
        kelurahan, kecamatan, region_code = self.place(row)
        period = (self.text(row, "stage") or "").upper()
        return ListedSession(
            row=row_id,
            place=place,
            kind=kind,
            address=self.text(row, "address"),
            latitude=position.latitude,
            longitude=position.longitude,
            opening_hours=self.text(row, "opening_hours"),
            date=day,
            starts=hours.starts,
            ends=hours.ends,
            deadline=deadline,
            programme=self.programme(row),
            period=period if is_period(period) else None,
            stage=self.stage(row),
            kelurahan=kelurahan,
            kecamatan=kecamatan,
            region_code=region_code,
            rw=rw,
            rt=rt,
        )

    def _kind_and_place(self, row: Row) -> tuple[str, str]:
        """The kind by its own column, else by the words of the place. Who is paid at home needs no place."""
        place, written = self.text(row, "place") or "", self.text(row, "kind")
        kind = kind_of(written) if written else None
        if written and kind is None:
            self.fault("kind", "kind_unknown")
        kind = kind or kind_of(place) or PlaceKind.OTHER.value
        if not place and kind == PlaceKind.HOME:
            place = AT_HOME
        if not place:
            self.fault("place", "place_missing")
        return kind, place

    def _required_day(self, row: Row) -> date | None:
        day, clear = day_of(self.cell(row, "date"))
        if day is None:
            self.fault("date", "date_missing" if clear else "date_unclear")
        return day

    def _day(self, row: Row, field: str) -> date | None:
        day, clear = day_of(self.cell(row, field))
        if not clear:
            self.fault(field, "date_unclear")
        return day

    def _hours(self, row: Row) -> Hours:
        hours = hours_of(self.cell(row, "hours"))
        starts, ends, clear = hours
        for field in ("starts", "ends"):
            cell = self.cell(row, field)
            if cell == "" or value_of(cell) is None:
                continue
            told = hour_of(cell)
            clear = clear and (told is not None or text_of(cell).upper() == UNTIL_DONE)
            starts, ends = (told, ends) if field == "starts" else (starts, told)
        if not clear or (starts and ends and ends <= starts):
            self.fault("hours", "hours_unclear")
            return Hours(None, None, clear=False)
        return Hours(starts, ends)

    def _position(self, row: Row) -> Position:
        position = position_of(self.cell(row, "coordinates"))
        if position == NOWHERE:
            position = position_from(self.cell(row, "latitude"), self.cell(row, "longitude"))
        if not position.clear:
            self.fault("coordinates", "coordinates_unclear")
        return position


@lru_cache(maxsize=2048)
def kind_of(text: str) -> str | None:
    """The kind of place that words mean; None when they mean none."""
    upper = text.upper()
    return next((kind.value for kind, words in KINDS if re.search(words, upper)), None)
