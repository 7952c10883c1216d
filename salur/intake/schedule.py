"""Reading a schedule: which area is paid when and where."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from datetime import date

from salur.core.lists.kinds import RowId
from salur.core.lists.periods import is_period
from salur.core.payouts.answers import PlaceKind
from salur.core.payouts.kinds import ScheduledSitting
from salur.core.regions.position import NOWHERE, Position
from salur.intake.cells.coordinates import position_from, position_of
from salur.intake.cells.dates import Hours, hour_of, hours_of, names_another_weekday
from salur.intake.cells.places import kind_of
from salur.intake.cells.texts import text_of, value_of
from salur.intake.draft import ScheduleDraft
from salur.intake.files.sheet import Row
from salur.intake.mistaken import Watch
from salur.intake.rows import RowReader
from salur.intake.shapes import filled, is_footer, is_heading_text, is_subtotal, is_sum
from salur.intake.tables.columns import Speller
from salur.intake.tables.reading import Findings, read_tables
from salur.intake.tables.spellings import SCHEDULE

SPELLER = Speller(SCHEDULE)
ENOUGH = [{"place", other} for other in ("date", "kelurahan", "address", "coordinates", "hours")] + [
    {"kelurahan", "date"}
]
REPEATABLE = frozenset(SCHEDULE) - {"unused"}
TELLING = ("place", "date", "kelurahan", "address", "hours", "starts")  # two of these make a sitting
AREA = ("rw", "rt", "rt_rw")
AT_HOME = "Rumah penerima"
UNTIL = re.compile(r"(?:(?:S\s?[/.]?\s?D\.?|SAMPAI(?: DENGAN)?|HINGGA|PALING LAMBAT|MAKS(?:IMAL)?)[.:\s]+)?", re.I)
UNTIL_DONE = "SELESAI"


def read_schedule(path: str | os.PathLike[str], columns: Mapping[str, str] | None = None) -> ScheduleDraft:
    """Read a schedule of payments, of whatever layout; `columns` as in `read_list`.

    A row without place or day is refused: nobody can go there. What else is wrong is a fault.

    Raises: UnreadableFile; Refused, among others with `names_people` when it is a list, or a report of payments.
    """
    tables = read_tables(path, SPELLER, columns, ENOUGH)
    findings, watch = Findings(), Watch(off=bool(columns))
    sittings: list[ScheduledSitting] = []
    for table in tables:
        reader = ScheduleRows(table, tables)
        for row, sitting in reader.sittings():
            watch.look_for_people(table.labels, row)
            refused = reader.spoilt or not sitting.place or sitting.date is None
            if not refused:
                sittings.append(sitting)
            if reader.faults:
                findings.add(sitting.row, row, reader.faults, refused=refused)
    watch.refuse("names_people")
    return ScheduleDraft(
        faults=tuple(findings.faults),
        refused=tuple(findings.refused),
        understood=tables.understood,
        header=tables.header,
        faulty_cells=findings.faulty_cells,
        rows=tables.sum_rows(len(sittings), len(findings.refused)),
        sittings=tuple(sittings),
    )


class ScheduleRows(RowReader):
    """Reads the rows of one schedule."""

    repeatable = REPEATABLE

    def sittings(self) -> Iterator[tuple[Row, ScheduledSitting]]:
        """Give each row with the sitting that it announces."""
        for row_id, row in self.records():
            yield row, self._sitting(row_id, row)

    def is_entry(self, row: Row) -> bool:
        """Two of the things that make a sitting."""
        return sum(self.text(row, field) is not None for field in TELLING) > 1 and not is_subtotal(filled(row))

    def is_lost_entry(self, row: Row, texts: list[str], *, follows: bool, at_foot: bool) -> bool:
        """An area or a place without the rest: in several cells, or in a row that is numbered or follows another."""
        if is_footer(texts[:1]) or (at_foot and is_footer(texts)):
            return False
        if not any(self.text(row, field) for field in AREA) and is_sum(texts):
            return False
        if not any(self.text(row, field) for field in (*TELLING, *AREA)):
            return self.is_numbered(row) and len(texts) > 1
        if len(texts) > 1:
            return self.is_numbered(row) or not is_heading_text(texts)
        return follows and not is_heading_text(texts) and (not at_foot or any(self.text(row, f) for f in AREA))

    def _sitting(self, row_id: RowId, row: Row) -> ScheduledSitting:
        kind, place = self._kind_and_place(row)
        day, hours, position = self._required_day(row), self._hours(row), self._position(row)
        deadline = self._deadline(row)
        rt, rw = self.neighbourhood(row)
        kelurahan, kecamatan, region_code = self.region(row)
        period = (self.text(row, "stage") or "").upper()
        return ScheduledSitting(
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

    def _kind_and_place(self, row: Row) -> tuple[PlaceKind, str]:
        """The kind by its own column, else by the words of the place. Who is paid at home needs no place."""
        place, written = self.text(row, "place") or "", self.text(row, "kind")
        kind = kind_of(written) if written else None
        if written and kind is None:
            self.fault("kind", "kind_unknown")
        kind = kind or kind_of(place) or PlaceKind.OTHER
        if not place and kind == PlaceKind.HOME:
            place = AT_HOME
        if not place:
            self.fault("place", "place_missing")
        return kind, place

    def _required_day(self, row: Row) -> date | None:
        """The day, which must be the day of the week that a column apart names, or that column may have the whole."""
        day, clear = self.day(row, "date" if "date" in self._columns else "weekday")
        if day and "date" in self._columns and names_another_weekday(self.cell(row, "weekday"), day):
            self.fault("date", "date_unclear")
            return None
        if day is None and clear:
            self.fault("date", "date_missing")
        return day

    def _deadline(self, row: Row) -> date | None:
        """The last day, of which `s/d` or `paling lambat` says no more than its column does."""
        cell = self.cell(row, "deadline")
        if isinstance(cell, str) and (match := UNTIL.match(text_of(cell))) and match.end():
            row = [*row]
            row[self._columns["deadline"]] = text_of(cell)[match.end() :]
        return self.day(row, "deadline").day

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
