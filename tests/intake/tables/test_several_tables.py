"""A sheet with several tables: each is read by its own header, and none becomes the title of another."""

from __future__ import annotations

import pytest

from salur.core.errors import Refused
from salur.core.lists.kinds import WhyLeftOut
from salur.intake.payments import read_payments
from salur.intake.people import read_list
from salur.intake.schedule import read_schedule
from tests.intake.office import Rows, kk, nik, write_csv, write_xlsx

NAMES = ("ANI", "IDA", "UUN", "EEM", "ICIH", "OTIH", "WATI")
NARROW = ["NO", "NIK", "NAMA", "NOMINAL"]
RICH = ["NO", "NIK", "NO KK", "NAMA", "ALAMAT", "NOMINAL"]


def narrow(number):
    return [number, nik(number), NAMES[number], 600000]


def rich(number):
    return [number, nik(number), kk(number), NAMES[number], "KP. BARU", 600000]


@pytest.mark.parametrize("write", [write_csv, lambda path, rows: write_xlsx(path, {"A": rows})])
def test_a_richer_table_further_down_does_not_make_titles_of_the_first(tmp_path, write):
    rows = [NARROW, *map(narrow, range(1, 6)), [], ["DAFTAR TAMBAHAN"], RICH, rich(6)]
    draft = read_list(write(tmp_path / "a.csv", rows))
    assert [(p.row, p.nik) for p in draft.people] == [*((n + 1, nik(n)) for n in range(1, 6)), (10, nik(6))]
    assert draft.rows.left_out == ((8, WhyLeftOut.TITLE), (9, WhyLeftOut.HEADER))


def test_a_poorer_table_further_down_is_read_by_its_own_header(tmp_path):
    draft = read_list(write_csv(tmp_path / "a.csv", [RICH, rich(1), rich(2), NARROW, narrow(3)]))
    assert [(p.nik, p.kk, p.name, p.amount) for p in draft.people] == [
        (nik(1), kk(1), "IDA", 600000),
        (nik(2), kk(2), "UUN", 600000),
        (nik(3), None, "EEM", 600000),
    ]


def test_tables_of_letter_codes_are_told_apart_too(tmp_path):
    rows: Rows = [
        ["NO", "KODE PBP", "NAMA", "ALAMAT"],
        [1, "PBP0041", "ANI", "KP. BARU"],
        ["NO", "NAMA", "KODE PBP", "ALAMAT", "RT", "RW"],
        [1, "IDA", "PBP0042", "KP. BARU", "003", "005"],
    ]
    for draft in (read_list(write_csv(tmp_path / "a.csv", rows)), read_list(write_xlsx(tmp_path / "b", {"A": rows}))):
        assert [(p.row, p.letter_code, p.name, p.rt) for p in draft.people] == [
            (2, "PBP0041", "ANI", None),
            (4, "PBP0042", "IDA", 3),
        ]


@pytest.mark.parametrize(
    "second",
    [
        ["NO", "NO KK", "NIK", "NAMA", "RT"],
        ["No.", "Nomor KK", "N I K", "Nama PM", "RT"],
        ["NO", "NOMOR KARTU KELUARGA WARGA", "NIK WARGA (KTP)", "NAMA LENGKAP WARGA", "RT"],
        ["NO", "NO KARTU KELUARGAA", "NIK PENERIMAA", "NAMA PENERIMAA", "RT"],
    ],
)
def test_columns_in_another_order_are_read_in_that_order(tmp_path, second):
    rows = [
        ["NO", "NIK", "NO KK", "NAMA", "RT"],
        [1, "3271061203750012", "3271060202110022", "UJANG", "003"],
        second,
        [1, "3271060303120023", "3271061107800013", "OTONG", "004"],
    ]
    draft = read_list(write_csv(tmp_path / "a.csv", rows))
    assert [(p.nik, p.kk, p.name) for p in draft.people] == [
        ("3271061203750012", "3271060202110022", "UJANG"),
        ("3271061107800013", "3271060303120023", "OTONG"),
    ]
    assert [sheet.header_rows for sheet in draft.understood.sheets] == [(1,), (3,)]


def test_a_column_more_in_the_second_header_moves_the_others(tmp_path):
    rows: Rows = [
        ["NO", "NAMA", "NIK", "TAHAP 1", "JUMLAH"],
        [1, "ANI", nik(1), 300000, 300000],
        ["NO", "NAMA", "NIK", "TAHAP 1", "TAHAP 2", "JUMLAH"],
        [1, "IDA", nik(2), 300000, 300000, 600000],
    ]
    draft = read_list(write_csv(tmp_path / "a.csv", rows))
    assert [(p.name, p.amount) for p in draft.people] == [("ANI", 300000), ("IDA", 600000)]


def test_a_header_over_two_rows_may_come_again(tmp_path):
    header: Rows = [["NO", "", "", "JUMLAH"], ["", "NAMA", "NIK", ""]]
    rows = [*header, [1, "ANI", nik(1), 5000], *header, [2, "IDA", nik(2), 5000]]
    draft = read_list(write_xlsx(tmp_path / "a.xlsx", {"A": rows}, merged={"A1:A2": "NO", "B1:C1": "PENERIMA"}))
    assert [p.row for p in draft.people] == [3, 6]
    assert {why for _, why in draft.rows.left_out} <= {WhyLeftOut.REPEATED_HEADER, WhyLeftOut.HEADER}


def test_an_rt_of_the_first_title_is_not_that_of_the_second_table(tmp_path):
    header = ["NO", "NIK", "NAMA"]
    rows: Rows = [
        ["PENERIMA PKH KELURAHAN LOJI KECAMATAN BOGOR BARAT RT 003 RW 005"],
        header,
        [1, nik(1), "ANI"],
        ["RT 004 RW 005"],
        [*header, "ALAMAT"],
        [1, nik(2), "IDA", "KP. BARU"],
        ["DAFTAR TAMBAHAN"],
        [*header, "KET"],
        [1, nik(3), "UUN", ""],
    ]
    draft = read_list(write_xlsx(tmp_path / "a.xlsx", {"A": rows}))
    assert [(p.rt, p.rw, p.kelurahan, p.programme) for p in draft.people] == [
        (3, 5, "Loji", "PKH"),
        (4, 5, "Loji", "PKH"),
        (None, None, "Loji", "PKH"),
    ]


def test_a_table_that_is_not_understood_is_named_row_by_row(tmp_path):
    rows: Rows = [
        NARROW,
        narrow(1),
        [],
        ["NO", "KELURAHAN", "KECAMATAN", "JUMLAH KPM"],
        [1, "LOJI", "BOGOR BARAT", 20],
        [2, "EMPANG", "BOGOR SELATAN", 30],
        NARROW,
        narrow(2),
    ]
    draft = read_list(write_csv(tmp_path / "a.csv", rows))
    assert [p.name for p in draft.people] == ["IDA", "UUN"]
    assert [why for _, why in draft.rows.left_out] == [WhyLeftOut.UNKNOWN_TABLE] * 3 + [WhyLeftOut.REPEATED_HEADER]


def test_people_above_the_first_header_are_no_titles(tmp_path):
    rows = [*map(rich, range(1, 4)), RICH, *map(rich, range(4, 6))]
    draft = read_list(write_csv(tmp_path / "a.csv", rows))
    assert [p.nik for p in draft.people] == [nik(n) for n in range(1, 6)]


def test_a_sheet_of_people_with_other_columns_is_read_too(tmp_path):
    sheets: dict[str, Rows] = {
        "RT 01": [RICH, rich(1)],
        "RT 02": [["NIK", "NAMA"], [nik(2), "IDA"]],
        "REKAP": [["RT", "JUMLAH"], [1, 2]],
    }
    draft = read_list(write_xlsx(tmp_path / "a.xlsx", sheets))
    assert [p.row for p in draft.people] == ["RT 01!2", "RT 02!2"]
    assert (draft.understood.skipped, draft.understood.skipped_rows) == (("REKAP",), (2,))


def test_tables_side_by_side_are_asked_about(tmp_path):
    rows: Rows = [["NO", "NIK", "NAMA", "", "NO", "NIK", "NAMA"], [1, nik(1), "ANI", "", 2, nik(2), "IDA"]]
    with pytest.raises(Refused) as refused:
        read_list(write_xlsx(tmp_path / "a.xlsx", {"A": rows}))
    assert (refused.value.code, refused.value.facts["columns"]) == ("column_twice", "B, F")


def test_two_schedules_on_a_sheet_are_both_read(tmp_path):
    rows: Rows = [
        ["NO", "KELURAHAN", "TEMPAT", "TANGGAL"],
        [1, "LOJI", "KANTOR POS", "24 Februari 2026"],
        ["NO", "TANGGAL", "TEMPAT", "KELURAHAN", "JAM"],
        [1, "25 Februari 2026", "AULA", "EMPANG", "08.00-11.00"],
    ]
    draft = read_schedule(write_csv(tmp_path / "a.csv", rows))
    assert [(s.place, s.date and s.date.day) for s in draft.sittings] == [("KANTOR POS", 24), ("AULA", 25)]


def test_payments_of_two_offices_on_a_sheet_are_both_read(tmp_path):
    rows: Rows = [
        ["NO", "NIK", "NAMA", "STATUS"],
        [1, nik(1), "IDA", "LUNAS"],
        ["KANTOR POS BOGOR"],
        ["NO", "NAMA", "NIK", "TANGGAL BAYAR", "STATUS"],
        [1, "UUN", nik(2), "24 Februari 2026", "LUNAS"],
        [2, "EEM", nik(3), "", ""],
    ]
    draft = read_payments(write_csv(tmp_path / "a.csv", rows))
    assert [(p.nik, p.name) for p in draft.payments] == [(nik(1), "IDA"), (nik(2), "UUN"), (nik(3), "EEM")]


def test_a_kelurahan_right_under_the_header_is_the_first_section(tmp_path):
    rows: Rows = [
        ["NO", "NIK", "NAMA", "RT"],
        ["KELURAHAN LOJI", "", "", ""],
        [1, nik(1), "ANI", "003"],
        ["KELURAHAN EMPANG", "", "", ""],
        [2, nik(2), "INA", "003"],
    ]
    draft = read_list(write_csv(tmp_path / "a.csv", rows))
    assert [person.kelurahan for person in draft.people] == ["Loji", "Empang"]
    assert [row.row for row in draft.rows.left_out] == [2, 4]


def test_an_rt_alone_under_an_address_may_belong_to_the_row_above(tmp_path):
    rows: Rows = [
        ["NO", "NIK", "NAMA", "ALAMAT"],
        [1, nik(1), "ANI", "KP. BARU"],
        ["", "", "", "RT 003 RW 005"],
        [2, nik(2), "INA", "KP. BARU"],
        ["", "", "", "RT 004 RW 005"],
    ]
    draft = read_list(write_csv(tmp_path / "a.csv", rows))
    assert [(person.rt, person.rw) for person in draft.people] == [(None, None)] * 2
    assert {(fault.row, fault.code) for fault in draft.faults} == {(4, "rt_unclear")}
