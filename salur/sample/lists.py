"""The lists of the sample city: which there are, and writing one in its sender's layout."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from random import Random

from salur.sample.aid import Grant
from salur.sample.areas import SEATS, Area
from salur.sample.dirt import REFUSED, Line, line_of, spoil
from salur.sample.layouts import CARRIER, CITY_CSV, CITY_OFFICE, GROUPS, PLAIN_PKH, SIKS_HTML, Layout
from salur.sample.quarters import Quarter
from salur.sample.tables import open_table

REPEATS_EVERY = 9  # lines
ONE_FILE_UP_TO = 100_000  # people in the sample; beyond it there is a file per kecamatan


@dataclass(frozen=True, slots=True)
class Kind:
    """A list as it is issued: programme and regency, who issues it, and how it looks."""

    programme: str
    regency: str
    previous: bool
    layout: Layout
    issuer: str
    decree: str  # `{year}` and `{number}` are those of the quarter
    yearly: bool = False


CITY, REGENCY, PROVINCE = (
    "Dinas Sosial Kota Bogor",
    "Dinas Sosial Kabupaten Polewali Mandar",
    "Dinas Sosial Provinsi Sulawesi Barat",
)
MINISTRY, MAYOR, CARRIER_NAME = "Kementerian Sosial", "Wali Kota Bogor", "PT Pos Indonesia"
PKH_BOGOR, PKH_POLEWALI = "SK Kadinsos No. 460/{number}04-Dinsos/{year}", "SK Kadinsos No. 466/{number}1/Dinsos/{year}"
KINDS = (
    Kind("PKH", "32.71", True, PLAIN_PKH, CITY, PKH_BOGOR),
    Kind("PKH", "76.04", True, PLAIN_PKH, REGENCY, PKH_POLEWALI),
    Kind("PKH", "32.71", False, CITY_OFFICE, CITY, PKH_BOGOR),
    Kind("PKH", "76.04", False, PLAIN_PKH, REGENCY, PKH_POLEWALI),
    Kind("SEMBAKO", "32.71", False, SIKS_HTML, MINISTRY, "Surat Dirjen No. {number}12/4/BS.00.01/{year}"),
    Kind("SEMBAKO", "76.04", False, SIKS_HTML, MINISTRY, "Surat Dirjen No. {number}12/4/BS.00.02/{year}"),
    Kind("APBD", "32.71", False, CITY_CSV, MAYOR, "Keputusan Wali Kota No. 900/Kep.{number}18-Dinsos/{year}"),
    Kind("PANGAN", "32.71", False, CARRIER, CARRIER_NAME, "Danom penyaluran No. {number}07/PBP/{year}"),
    Kind("PANGAN", "76.04", False, CARRIER, CARRIER_NAME, "Danom penyaluran No. {number}08/PBP/{year}"),
    Kind("KUBE", "76.04", False, GROUPS, PROVINCE, "SK Kepala Dinas No. 188.4/{number}5/{year}", yearly=True),
)
KIND_OF = {(kind.programme, kind.regency, kind.previous): kind for kind in KINDS}


class ListFile:
    """One list being written. Lines come in the order of the areas."""

    def __init__(self, folder: Path, kind: Kind, quarter: Quarter, area: Area, *, split: bool, seed: int) -> None:
        self.kind, self.quarter = kind, quarter
        self.area_code = area.district_code if split else area.regency_code
        place = area.district if split else SEATS[area.regency_code]
        self.name = f"{kind.programme}-{self.period}-{place}.{kind.layout.suffix}".lower().replace(" ", "-")
        self._rng = Random(f"{seed} list {self.name}")  # noqa: S311
        self._table = open_table(folder / self.name)
        self._area: Area | None = None
        self._sound: Line | None = None  # the last line without fault, for entering it twice
        self._above: Area | None = None  # the kelurahan of the line above, in this sheet
        self._in_area = 0
        self.rows = 0
        self.faults: Counter[str] = Counter()

    @property
    def period(self) -> str:
        """`2026-T4`; a year for aid that is given once."""
        return str(self.quarter.year) if self.kind.yearly else self.quarter.period

    def add(self, grant: Grant, code: str | None) -> None:
        """Write the line of a grant, now and then with a fault."""
        self._come_to(grant.household.area)
        layout = self.kind.layout
        stage = f"Tahap {self.quarter.number}"
        line = line_of(grant, self.rows + 1, stage, code if layout.letters else None, self._rng)
        fault = spoil(line, self._rng, numbered=layout.numbered)
        self._write(line)
        if fault == "nik_duplicate":
            fault = self._enter_twice()
        elif fault is None:
            self._sound = line
        if fault:
            self.faults[fault] += 1

    def close(self) -> None:
        """Write the foot and finish the file."""
        if self._area is not None:
            self._leave_area()
            self._foot()
        self._table.close()

    def describe(self) -> dict[str, object]:
        """What the manifest says of this list."""
        refused = sum(self.faults[code] for code in REFUSED)
        return {
            "file": self.name,
            "programme": self.kind.programme,
            "period": self.period,
            "decree": self.kind.decree.format(year=self.quarter.year, number=self.quarter.number),
            "issued": self.quarter.issued.isoformat(),
            "issuer": self.kind.issuer,
            "area": self.area_code,
            "expected": {
                "people": self.rows - refused,
                "refused": refused,
                "faults": dict(sorted(self.faults.items())),
            },
        }

    def _enter_twice(self) -> str | None:
        """Enter an earlier line of another family again, as a list pasted together from two has it."""
        if self._sound is None or self._sound.grant.clean:
            return None
        self._sound.number = self.rows + 1
        self._write(self._sound)
        self._sound = None
        return "nik_duplicate"

    def _write(self, line: Line) -> None:
        area = line.grant.household.area
        line.repeats = self._above is area and self.rows % REPEATS_EVERY == 1
        self._above = area
        self._table.row([cell(line) for _, cell in self.kind.layout.columns])
        self.rows += 1
        self._in_area += 1

    def _come_to(self, area: Area) -> None:
        """Begin another kelurahan, and another sheet where that is due."""
        last = self._area
        if last is not None and area.code == last.code and not self._table.full():
            return
        layout = self.kind.layout
        other_district = last is None or last.district_code != area.district_code
        if last is not None:
            self._leave_area()
        if last is None or self._table.full() or (layout.sheet_per_district and other_district):
            if last is not None:
                self._foot()
            self._area = area
            self._begin_sheet()
        self._area, self._in_area, self._above = area, 0, None

    def _begin_sheet(self) -> None:
        assert self._area is not None
        layout, area = self.kind.layout, self._area
        self._table.sheet(area.district.upper() if layout.sheet_per_district else self.kind.programme)
        for title in layout.titles(area, self.quarter):
            self._table.row([title])
        if titles := layout.titles(area, self.quarter):
            self._table.row([""] * len(titles))
        header = [name for name, _ in layout.columns]
        if layout.over:
            self._two_row_header(header)
        else:
            self._table.row(header)
        if layout.counted_row:
            self._table.row(list(range(1, len(header) + 1)))

    def _two_row_header(self, header: list[str]) -> None:
        under = {column for first, last, _ in self.kind.layout.over for column in range(first, last + 1)}
        above = [(i, i, name) for i, name in enumerate(header) if i not in under]
        self._table.spans(sorted([*above, *self.kind.layout.over]))
        self._table.row([name if i in under else "" for i, name in enumerate(header)])

    def _leave_area(self) -> None:
        assert self._area is not None
        if self.kind.layout.subtotals:
            self._table.row(["", "", "", f"JUMLAH KEL. {self._area.name.upper()}", self._in_area])

    def _foot(self) -> None:
        assert self._area is not None
        foot = self.kind.layout.foot(self._area, self.quarter)
        ends = bool(foot) and foot[0] == "###"
        if foot and not ends:
            self._table.row([""])
        for text in foot:
            self._table.row([text] if ends else [""] * 9 + [text])
