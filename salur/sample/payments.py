"""What PT Pos reports back: one workbook for each programme and period that has been paid, in part or in full."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random

from salur.sample.aid import Grant
from salur.sample.quarters import Quarter
from salur.sample.scenes import Ended
from salur.sample.sittings import DAYS_TO_COLLECT, SUNDAY, post_office, sitting_for
from salur.sample.tables import XlsxTable

HEADER = (
    "NO DANOM", "NIK", "NAMA PENERIMA", "KELURAHAN", "TAHAP", "NOMINAL", "STATUS BAYAR", "TANGGAL BAYAR",
    "LOKASI BAYAR",
)  # fmt: skip
PAID, RETURNED = "TERBAYAR", "RETUR"
PAID_BY_POST = frozenset({"PKH", "SEMBAKO", "APBD"})
ON_THE_DAY, LATER = 0.91, 0.97  # up to the first share at the sitting, up to the second later at the post office
Outcome = tuple[str, date, str]  # status, day, place


class Results:
    """The result files, each opened when its first payment comes."""

    def __init__(self, folder: Path, today: date, seed: int) -> None:
        self._folder, self._today = folder, today
        self._rng = Random(f"{seed} payments")  # noqa: S311
        self._files: dict[tuple[str, str], _ResultFile] = {}

    def add(self, grant: Grant, quarter: Quarter, code: str | None) -> None:
        """Report the payment of this grant, if it was paid or returned."""
        if grant.programme not in PAID_BY_POST or not grant.counts:
            return
        outcome = self._outcome(grant, quarter)
        if outcome is not None:
            self._file(grant.programme, quarter).add(grant, quarter, code, outcome)

    def close(self) -> list[dict[str, object]]:
        """Finish the files; gives what the manifest says of them."""
        return [self._files[key].close() for key in sorted(self._files)]

    def _file(self, programme: str, quarter: Quarter) -> _ResultFile:
        key = (quarter.period, programme)
        if key not in self._files:
            self._files[key] = _ResultFile(self._folder, programme, quarter.period)
        return self._files[key]

    def _outcome(self, grant: Grant, quarter: Quarter) -> Outcome | None:
        area = grant.household.area
        sitting = sitting_for(grant.programme, area, grant.household.rw, self._today, at_home=grant.at_home)
        if sitting is None:
            return None
        day, deadline, chance = sitting.day, sitting.deadline, self._rng.random()
        if grant.previous:
            day = _weekday(quarter.issued + timedelta(days=10 + area.order))
            deadline = day + timedelta(days=DAYS_TO_COLLECT[grant.programme])
        if day >= self._today:
            return None
        if grant.ended is Ended.PAID or (grant.ended is None and chance < ON_THE_DAY):
            return PAID, day, sitting.spot.name
        if grant.ended is Ended.MISSED:
            return None
        later = _weekday(day + timedelta(days=3))
        if grant.ended is None and chance < LATER and later < self._today:
            return PAID, later, post_office(area).name
        if deadline < self._today:
            return RETURNED, deadline, post_office(area).name
        return None


class _ResultFile:
    """One result workbook being written."""

    def __init__(self, folder: Path, programme: str, period: str) -> None:
        self._facts = {"programme": programme, "period": period}
        self._name = f"hasil-bayar-{programme}-{period}.xlsx".lower()
        self._table = XlsxTable(folder / self._name)
        self._counts = {PAID: 0, RETURNED: 0}
        self._begin()

    def _begin(self) -> None:
        self._table.sheet("HASIL")
        self._table.row([f"HASIL PEMBAYARAN {self._facts['programme']} {self._facts['period']} - PT POS INDONESIA"])
        self._table.row(HEADER)

    def add(self, grant: Grant, quarter: Quarter, code: str | None, outcome: Outcome) -> None:
        """Write one payment."""
        if self._table.full():
            self._begin()
        status, day, place = outcome
        self._counts[status] += 1
        person = [code, grant.person.nik, grant.person.name, grant.household.area.name.upper()]
        money = [f"Tahap {quarter.number}", grant.amount, status, f"{day:%d/%m/%Y}", place]
        self._table.row([*person, *money])

    def close(self) -> dict[str, object]:
        """Finish the workbook and describe it."""
        self._table.close()
        return {"file": self._name, **self._facts, "paid": self._counts[PAID], "returned": self._counts[RETURNED]}


def _weekday(day: date) -> date:
    return day + timedelta(days=1) if day.weekday() == SUNDAY else day
