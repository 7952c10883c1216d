"""Schedules, payment results, and the workbook that goes back to the office."""

from __future__ import annotations

import zipfile
from datetime import date, time

import python_calamine

from salur.intake import read_payments, read_schedule, write_faults
from tests.intake.office import nik, write_csv, write_xlsx

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
    (session,) = draft.sessions
    assert (session.row, session.programme, session.period, session.stage) == (4, "PKH", "2026-T1", "1")
    assert (session.date, session.starts, session.ends, session.deadline) == (
        date(2026, 2, 24),
        time(8),
        time(11),
        date(2026, 2, 28),
    )
    assert (session.place, session.kind, session.address) == ("Aula Tegalgundil", "village_hall", "Jl. A")
    assert (session.latitude, session.longitude, session.opening_hours) == (-6.5971, 106.806, "Senin-Jumat")
    assert (session.kelurahan, session.region_code, session.rw, session.rt) == (
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
    assert (draft.sessions[0].kind, draft.faults) == ("home", ())


def test_no_place_is_a_fault(tmp_path):
    draft = schedule_of(tmp_path, **{"TEMPAT BAYAR": ""})
    assert [fault.code for fault in draft.faults] == ["place_missing"]
    assert draft.sessions == ()


def test_hours_in_two_columns_and_degrees_in_two_columns(tmp_path):
    header = ["TEMPAT", "TANGGAL", "JAM MULAI", "JAM SELESAI", "LINTANG", "BUJUR"]
    rows = [header, ["Kantor Pos Bogor", date(2026, 2, 24), "08.00 WIB", "14.00 WIB", "-6.5", "106.8"]]
    (session,) = read_schedule(write_xlsx(tmp_path / "a.xlsx", {"A": rows})).sessions
    assert (session.starts, session.ends, session.latitude, session.kind) == (time(8), time(14), -6.5, "post_office")


def test_pt_pos_reports_who_was_paid_and_what_went_back(tmp_path):
    header = ["NO", "NO DANOM", "NIK", "NAMA", "NOMINAL", "STATUS BAYAR", "TGL BAYAR", "LOKASI BAYAR"]
    rows = [
        ["HASIL PEMBAYARAN PKH TAHAP 1"],
        header,
        [1, "16100-000001", nik(1), "ANI", 5000, "TERBAYAR", "24/02/2026", "Kantor Pos"],
        [2, "16100-000002", nik(2), "IDA", 5000, "RETUR", "28/02/2026", ""],
        [3, "16100-000003", nik(3), "UUN", 5000, "BELUM DIBAYAR", "", ""],
        [4, "16100-000004", nik(4), "EEN", 5000, "???!", "", ""],
    ]
    draft = read_payments(write_xlsx(tmp_path / "a.xlsx", {"HASIL": rows}))
    assert [(p.row, p.letter_code, p.status) for p in draft.payments] == [
        (3, "16100-000001", "paid"),
        (4, "16100-000002", "returned"),
        (5, "16100-000003", None),
        (6, "16100-000004", None),
    ]
    first = draft.payments[0]
    assert (first.date, first.place, first.amount, first.programme, first.stage) == (
        date(2026, 2, 24),
        "Kantor Pos",
        5000,
        "PKH",
        "1",
    )
    assert draft.faults == ((6, "status", "status_unclear"),)


def test_a_result_without_status_is_paid_on_its_day(tmp_path):
    rows = [
        ["NIK", "NAMA", "TGL SERAH", "KETERANGAN"],
        [nik(1), "ANI", "24/02/2026", ""],
        [nik(2), "IDA", "24/02/2026", "gagal bayar"],
    ]
    draft = read_payments(write_csv(tmp_path / "a.csv", rows))
    assert [p.status for p in draft.payments] == ["paid", "returned"]


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
