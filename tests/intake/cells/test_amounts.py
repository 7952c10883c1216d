"""Amounts of aid: in the unit that is named, and none that no programme pays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salur.intake.cells.amounts import LEAST, MOST, aid, unit_of
from salur.intake.payments import read_payments
from salur.intake.people import read_list
from tests.intake.office import nik, write_csv, write_xlsx


@pytest.mark.parametrize(
    "cell", ["1", "600", "4.999", "60000000000", 60_000_000_000, 600.0, "600 juta", "50.000.001", "0,6 ribu"]
)
def test_an_amount_that_no_programme_pays_is_odd(cell):
    assert aid(cell) == (None, "amount_odd")


@pytest.mark.parametrize(
    ("cell", "value"), [("", None), ("-", None), ("0", 0), (0, 0), ("600.000", 600_000), ("Rp 20 juta", 20_000_000)]
)
def test_nothing_is_nothing_and_aid_is_aid(cell, value):
    assert aid(cell) == (value, None)


@pytest.mark.parametrize(
    ("label", "unit"),
    [
        ("NOMINAL (RIBU RP)", 1000),
        ("NOMINAL (Rp. 000)", 1000),
        ("Nilai (x 1.000)", 1000),
        ("JUMLAH (DALAM RIBUAN)", 1000),
        ("NOMINAL (Rb)", 1000),
        ("NILAI (JUTA RUPIAH)", 1_000_000),
        ("NILAI (X 1.000.000)", 1_000_000),
        ("NOMINAL RP", 1),
        ("NOMINAL 600.000", 1),
        ("BANTUAN RP 1.200.000", 1),
    ],
)
def test_a_header_names_the_unit(label, unit):
    assert unit_of(label) == unit


def test_a_line_above_names_the_unit():
    assert unit_of("NOMINAL", ["DAFTAR PENERIMA", "(dalam ribuan rupiah)"]) == 1000
    assert unit_of("NOMINAL", ["SERIBU SATU KELUARGA", "LIMA RIBU PENERIMA"]) == 1


@given(st.integers(LEAST // 1000, MOST // 1000), st.sampled_from(["{}", "{}.0", "{:,}"]))
def test_thousands_are_the_same_amount(thousands, form):
    assert aid(form.format(thousands), 1000).value == aid(str(thousands * 1000)).value == thousands * 1000
    assert aid(thousands, 1000).value == aid(float(thousands), 1000).value == thousands * 1000


def test_millions_may_have_a_fraction():
    assert aid("1,5", 1_000_000).value == 1_500_000
    assert aid("600000", 1000).code == "amount_odd"  # written in full under a header of thousands


def test_a_list_in_thousands_is_read_and_odd_amounts_are_faults(tmp_path):
    rows = [
        ["NIK", "NAMA", "NOMINAL (RIBU RP)"],
        [nik(1), "SITI", "600"],
        [nik(2), "ANI", "600000"],
        [nik(3), "IDA", "0"],
    ]
    draft = read_list(write_csv(tmp_path / "a.csv", rows))
    assert [p.amount for p in draft.people] == [600_000, None, 0]
    assert draft.faults == ((3, "amount", "amount_odd"),)


@pytest.mark.parametrize(
    ("header", "good", "spoilt"),
    [
        ("NIK,NAMA,NOMINAL,RT,RW", "SITI,300000,003,005", "ANI,300,000,004,005"),
        ("NIK,NAMA,NOMINAL,RT,RW,KET", "SITI,300000,003,005,", "ANI,300,000,004,005,"),
        ("NIK,NAMA,ALAMAT,RT,RW,NOMINAL", "SITI,KP. BARU,003,005,600000", "ANI,KP. BARU, GG. MASJID,004,005,600000"),
        ("NIK,ALAMAT,NAMA,RT,RW,NOMINAL", "KP. BARU,SITI,003,005,600000", "KP. BARU, GG. MASJID,ANI,004,005,600000"),
        ("NIK,NAMA,RT,RW", "SITI,003,005", "ANI, S.PD., M.SI.,004,005"),
    ],
)
def test_a_comma_in_a_cell_moves_no_cell_under_the_header_of_another(tmp_path, header, good, spoilt):
    path = tmp_path / "a.csv"
    path.write_text("\n".join([header, f"{nik(1)},{good}", f"{nik(2)},{spoilt}", f"{nik(3)},{good}"]))
    draft = read_list(path)
    assert [(p.name, p.rt, p.rw) for p in draft.people] == [("SITI", 3, 5), ("SITI", 3, 5)]
    assert draft.refused == (3,)
    assert [fault.code for fault in draft.faults] == ["extra_cell"]


def test_a_comma_in_every_amount_is_a_fault_of_every_row(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("NIK,NAMA,NOMINAL,RT,RW\n" + "".join(f"{nik(i)},SITI,300,000,003,005\n" for i in range(1, 6)))
    assert read_list(path).refused == (2, 3, 4, 5, 6)


def test_a_delimiter_behind_every_row_is_no_cell(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("NIK,NAMA,RT\n" + "".join(f"{nik(i)},SITI,003,\n" for i in range(1, 6)))
    draft = read_list(path)
    assert (len(draft.people), draft.faults) == (5, ())


def test_a_word_beside_a_table_of_a_workbook_is_a_fault_and_moves_nothing(tmp_path):
    rows = [["NIK", "NAMA", "RT"], [nik(1), "SITI", "003"], [nik(2), "ANI", "003", "", "cek lagi"]]
    draft = read_list(write_xlsx(tmp_path / "a.xlsx", {"A": rows}))
    assert [p.rt for p in draft.people] == [3, 3]
    assert draft.faults == ((3, "E", "extra_cell"),)


def test_results_of_payments_are_read_by_the_same_rules(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        f"NIK,NOMINAL,STATUS,TGL BAYAR\n{nik(1)},300,000,DIBAYAR,24/02/2026\n{nik(2)},600,DIBAYAR,24/02/2026\n"
    )
    draft = read_payments(path)
    assert [(p.nik, p.amount) for p in draft.payments] == [(nik(2), None)]
    assert {fault.code for fault in draft.faults} >= {"extra_cell", "amount_odd"}
