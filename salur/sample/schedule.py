"""The schedule workbooks: every sitting of every programme, and a second, small one with what was put off."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, time
from pathlib import Path

from salur.sample.areas import Area
from salur.sample.quarters import Quarter, long_date
from salur.sample.sittings import DAYS_TO_COLLECT, Sitting, moved, sittings
from salur.sample.tables import XlsxTable

HEADER = (
    "NO", "PROGRAM", "PERIODE", "KECAMATAN", "KEL/DESA", "RW", "RT", "TANGGAL", "JAM MULAI", "JAM SELESAI", "TEMPAT",
    "JENIS TEMPAT", "ALAMAT", "LINTANG", "BUJUR", "JAM BUKA", "BATAS AKHIR",
)  # fmt: skip
YEARLY = frozenset({"KUBE"})  # aid given once: its period is the year


def write_schedules(folder: Path, areas: Sequence[Area], quarter: Quarter, today: date) -> list[dict[str, object]]:
    """Write both workbooks; gives what the manifest says of them, in the order of import."""
    everything = (s for programme in DAYS_TO_COLLECT for area in areas for s in sittings(programme, area, today))
    files = (
        (f"jadwal-{quarter.period.lower()}.xlsx", "JADWAL PENYALURAN BANTUAN SOSIAL", everything),
        (f"jadwal-perubahan-{quarter.period.lower()}.xlsx", "PERUBAHAN JADWAL PENYALURAN", moved(areas, today)),
    )
    return [{"file": name, "rows": _write(folder / name, title, rows, quarter)} for name, title, rows in files]


def _write(path: Path, title: str, rows: Iterable[Sitting], quarter: Quarter) -> int:
    table = XlsxTable(path)
    table.sheet("JADWAL")
    table.row([title])
    table.row([quarter.words.upper()])
    table.row([""])
    table.row(HEADER)
    count = 0
    for count, sitting in enumerate(rows, start=1):
        table.row([count, *_cells(sitting, quarter)])
    table.close()
    return count


def _cells(sitting: Sitting, quarter: Quarter) -> list[str | int | None]:
    area, spot = sitting.area, sitting.spot
    return [
        sitting.programme,
        str(quarter.year) if sitting.programme in YEARLY else quarter.period,
        area.district.upper(),
        area.name.upper(),
        None if sitting.rw is None else f"{sitting.rw:03}",
        None,
        long_date(sitting.day),
        _clock(sitting.starts, area),
        _clock(sitting.ends, area),
        spot.name,
        spot.kind,
        spot.address,
        None if spot.latitude is None else f"{spot.latitude:.5f}",
        None if spot.longitude is None else f"{spot.longitude:.5f}",
        spot.hours,
        long_date(sitting.deadline),
    ]


def _clock(time_of_day: time, area: Area) -> str:
    return f"{time_of_day:%H.%M} {area.zone}"
