"""Schedules, and the workbook that goes back to the office."""

from __future__ import annotations

import zipfile
from datetime import date, time

import pytest
import python_calamine

from salur.documents.fault_workbook import write_faults
from salur.intake.schedule import read_schedule
from tests.intake.office import Rows, write_csv, write_xlsx

HEADER = [
    "NO",
    "PROGRAM",
    "TAHAP",
    "KELURAHAN",
    "KECAMATAN",
    "RW",
    "RT",
    "TANGGAL",
    "JAM",
    "TEMPAT BAYAR",
    "JENIS TEMPAT",
    "ALAMAT TEMPAT",
    "KOORDINAT",
    "JAM BUKA",
    "BATAS AMBIL",
]
ROW = [
    1,
    "PKH",
    "2026-T1",
    "TEGALGUNDIL",
    "BOGOR UTARA",
    "004",
    "",
    "Selasa, 24 Februari 2026",
    "08.00-11.00 WIB",
    "Aula Tegalgundil",
    "Balai kelurahan",
    "Jl. A",
    "-6.5971, 106.806",
    "Senin-Jumat",
    "28/02/2026",
]


def schedule_of(tmp_path, **given):
    cells = dict(zip(HEADER, ROW, strict=True)) | given
    return read_schedule(
        write_xlsx(tmp_path / "a.xlsx", {"JADWAL": [["JADWAL PENYALURAN"], [], HEADER, list(cells.values())]})
    )


def test_a_schedule_says_when_and_where_an_area_is_paid(tmp_path):
    draft = schedule_of(tmp_path)
    (sitting,) = draft.sittings
    assert (sitting.row, sitting.programme, sitting.period, sitting.stage) == (4, "PKH", "2026-T1", "1")
    assert (sitting.date, sitting.starts, sitting.ends, sitting.deadline) == (
        date(2026, 2, 24),
        time(8),
        time(11),
        date(2026, 2, 28),
    )
    assert (sitting.place, sitting.kind, sitting.address) == ("Aula Tegalgundil", "village_hall", "Jl. A")
    assert (sitting.latitude, sitting.longitude, sitting.opening_hours) == (-6.5971, 106.806, "Senin-Jumat")
    assert (sitting.kelurahan, sitting.region_code, sitting.rw, sitting.rt) == (
        "Tegal Gundil",
        "32.71.05.1002",
        4,
        None,
    )
    assert draft.faults == ()


def test_what_is_unclear_in_a_schedule_is_flagged(tmp_path):
    given = {
        "TANGGAL": "02/24/2026",
        "JAM": "pagi",
        "JENIS TEMPAT": "entah",
        "KOORDINAT": "di sana",
        "KELURAHAN": "ATLANTIS",
    }
    draft = schedule_of(tmp_path, **given)
    codes = {fault.code for fault in draft.faults}
    assert codes == {"date_unclear", "hours_unclear", "kind_unknown", "coordinates_unclear", "region_unknown"}
    assert draft.refused == (4,)


def test_who_is_paid_at_home_needs_no_place(tmp_path):
    draft = schedule_of(tmp_path, **{"TEMPAT BAYAR": "", "JENIS TEMPAT": "Antar ke rumah"})
    assert (draft.sittings[0].kind, draft.faults) == ("home", ())


def test_no_place_is_a_fault(tmp_path):
    draft = schedule_of(tmp_path, **{"TEMPAT BAYAR": ""})
    assert [fault.code for fault in draft.faults] == ["place_missing"]
    assert draft.sittings == ()


def test_hours_in_two_columns_and_degrees_in_two_columns(tmp_path):
    header = ["TEMPAT", "TANGGAL", "JAM MULAI", "JAM SELESAI", "LINTANG", "BUJUR"]
    rows: Rows = [header, ["Kantor Pos Bogor", date(2026, 2, 24), "08.00 WIB", "14.00 WIB", "-6.5", "106.8"]]
    (sitting,) = read_schedule(write_xlsx(tmp_path / "a.xlsx", {"A": rows})).sittings
    assert (sitting.starts, sitting.ends, sitting.latitude, sitting.kind) == (time(8), time(14), -6.5, "post_office")


def test_faulty_rows_go_back_as_text_that_runs_nothing(tmp_path):
    path = tmp_path / "faults.xlsx"
    cells = ['=HYPERLINK("http://x")', "3271044201800001", "+1", "@SUM(A1)", "http://example.org", "{=1}"]
    assert write_faults(path, [(7, cells, ["nik_missing", "rt_unclear"])], ["A", "B"]) == 1
    (sheet,) = python_calamine.load_workbook(str(path)).sheet_names
    rows = python_calamine.load_workbook(str(path)).get_sheet_by_name(sheet).to_python()
    assert rows[0] == ["BARIS", "A", "B", "", "", "", "", "ALASAN"]
    assert rows[1] == ["7", *cells, "nik_missing; rt_unclear"]
    with zipfile.ZipFile(path) as archive:
        content = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in content
    assert b"<hyperlink" not in content


@pytest.mark.parametrize(
    ("weekday", "date", "fits"),
    [
        ("SELASA", "24/02/2026", True),
        ("Hari Selasa", "24 Februari 2026", True),
        ("SENIN", "24/02/2026", False),
        ("Jum'at", "24/02/2026", False),
        ("", "24/02/2026", True),
    ],
)
def test_a_weekday_in_its_own_column_must_be_that_of_the_day(tmp_path, weekday, date, fits):
    rows = [["KELURAHAN", "TEMPAT", "HARI", "TANGGAL", "JAM"], ["LOJI", "KANTOR POS", weekday, date, "08.00"]]
    draft = read_schedule(write_csv(tmp_path / "a.csv", rows))
    assert (len(draft.sittings), [fault.code for fault in draft.faults if fault.column == "date"]) == (
        (1, []) if fits else (0, ["date_unclear"])
    )


@pytest.mark.parametrize(
    "written", ["28/02/2026", "s/d 28 Februari 2026", "Paling lambat 28-02-2026", "sampai dengan 28/2/26"]
)
def test_a_deadline_may_say_until(tmp_path, written):
    rows = [["KELURAHAN", "TEMPAT", "TANGGAL", "BATAS AMBIL"], ["EMPANG", "KANTOR POS", "24/02/2026", written]]
    draft = read_schedule(write_csv(tmp_path / "a.csv", rows))
    assert ([sitting.deadline for sitting in draft.sittings], draft.faults) == ([date(2026, 2, 28)], ())
