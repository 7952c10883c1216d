"""Single cells, in the forms that clerks and Excel give them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salur.intake.cells.coordinates import position_of
from salur.intake.cells.dates import day_of, hours_of
from salur.intake.cells.texts import amount, rt_rw, single_number, text_of
from salur.intake.cells.wordings import programme_of, stage_of, standing_of


@pytest.mark.parametrize(
    "cell",
    [
        "Rp 300.000,-",
        "300,000",
        "300000.0",
        "Rp300.000",
        "300.000,00",
        "IDR 300,000.00",
        300000.0,
        "300 ribu",
        "Rp. 300.000",
    ],
)
def test_three_hundred_thousand_is_written_in_many_ways(cell):
    assert amount(cell) == (300_000, True)


@pytest.mark.parametrize(
    "cell",
    ["tiga ratus", "300.00.0", "3x300.000", -5.0, 300000.5, "12.5", True, date(2026, 5, 3), float("nan"), float("inf")],
)
def test_an_amount_that_may_mean_something_else_is_unclear(cell):
    assert amount(cell) == (None, False)


@pytest.mark.parametrize("cell", ["", "-", "Rp -", "Rp"])
def test_no_amount_is_no_fault(cell):
    assert amount(cell) == (None, True)


@given(st.integers(0, 10**11))
def test_every_amount_survives_being_written_with_dots_or_commas(value):
    assert amount(f"Rp {value:,},-".replace(",", ".", f"{value:,}".count(","))).value == value
    assert amount(f"{value:,}").value == amount(float(value)).value == value


@pytest.mark.parametrize(
    "cell",
    [
        "003/005",
        "3/5",
        "RT 3 RW 5",
        "RT.03/RW.05",
        "RT. 003 / RW. 005",
        "rt 3 rw 5",
        "3-5",
        "RW 5 RT 3",
        "III/V",
        "003005",
    ],
)
def test_rt_three_rw_five_is_written_in_many_ways(cell):
    assert rt_rw(cell) == (3, 5, True)


@pytest.mark.parametrize(
    "cell",
    [date(2026, 5, 3), datetime(2026, 5, 3, tzinfo=UTC), time(3, 5), "03-May", "03/05/2026", "3A", 46145.0, 3.5, True],
)
def test_what_excel_made_of_rt_and_rw_is_not_undone(cell):
    assert rt_rw(cell) == (None, None, False)


@pytest.mark.parametrize("cell", ["003", "3", 3.0, "RT 3", "RT.003", "III"])
def test_a_single_number_is_the_rt(cell):
    assert rt_rw(cell) == (3, None, True)
    assert single_number(cell) == (3, True)


@given(st.integers(1, 999), st.integers(1, 999))
def test_rt_and_rw_come_back_as_they_were_printed(rt, rw):
    assert rt_rw(f"{rt:03}/{rw:03}")[:2] == (rt, rw)


DAY = date(2026, 2, 24)


@pytest.mark.parametrize(
    "cell",
    [
        "24/02/2026",
        "24-02-2026",
        "24.2.26",
        "24 Februari 2026",
        "Selasa, 24 Februari 2026",
        "24 Feb 2026",
        "2026-02-24",
        DAY,
        46077.0,
        "SELASA/24-Pebruari-2026",
    ],
)
def test_a_day_is_written_in_many_ways(cell):
    assert day_of(cell) == (DAY, True)


@pytest.mark.parametrize("cell", ["02/24/2026", "31 Februari 2026", "besok", "2/2026", 5.0, date(1899, 1, 1)])
def test_what_is_no_day_is_unclear(cell):
    assert day_of(cell) == (None, False)


@pytest.mark.parametrize(
    "cell",
    [
        "08.00-11.00",
        "08:00 s.d. 11:00 WIB",
        "Jam 8 - 11",
        "pukul 08.00 s/d 11.00 WITA",
        "8.00 – 11.00",
        "Pkl. 08.00 sampai 11.00",
    ],
)
def test_hours_are_written_in_many_ways(cell):
    assert hours_of(cell) == (time(8), time(11), True)


def test_hours_may_have_no_end_or_end_in_the_afternoon():
    assert hours_of("08.00 - selesai") == (time(8), None, True)
    assert hours_of("8 - 2") == (time(8), time(14), True)
    assert hours_of("pagi").clear is False
    assert hours_of("11.00-08.00").clear is False


@pytest.mark.parametrize(
    "cell",
    [
        "-6.5971, 106.806",
        "-6,5971 ; 106,806",
        "6.5971 S 106.806 E",
        "https://maps.google.com/?q=-6.5971,106.806",
        "106.806, -6.5971",
    ],
)
def test_a_place_on_the_map_is_written_in_many_ways(cell):
    assert position_of(cell)[:2] == (-6.5971, 106.806)


def test_a_place_outside_indonesia_is_unclear():
    assert position_of("52.1, 5.3").clear is False


@pytest.mark.parametrize(
    ("text", "programme"),
    [
        ("BPNT", "SEMBAKO"),
        ("BANTUAN PANGAN NON TUNAI", "SEMBAKO"),
        ("Bantuan Pangan Beras", "PANGAN"),
        ("BLT DANA DESA", "BLT-DD"),
        ("BLTS Kesra", "BLTS-KESRA"),
        ("PKH dan BPNT", None),
        ("lain", None),
    ],
)
def test_programmes_are_known_by_their_words(text, programme):
    assert programme_of(text) == programme


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("Tahap 12 Tahun 2021", "12"),
        ("2", "2"),
        ("TRIWULAN II", "2"),
        ("Januari - Maret 2026", "1"),
        ("Desember 2021", "12"),
        ("2026-T3", "3"),
        ("2026", None),
        ("Tahap Kedua", "2"),
    ],
)
def test_stages_are_known_by_their_number(text, stage):
    assert stage_of(text) == stage


@pytest.mark.parametrize(
    ("note", "state", "reason"),
    [
        ("MENINGGAL DUNIA", "taken_off", "died"),
        ("pindah ke Depok", "taken_off", "moved"),
        ("data ganda", "taken_off", "double"),
        ("sudah mampu", "taken_off", "no_longer_in_need"),
        ("tidak mampu", None, None),
        ("belum pindah", None, None),
        ("DICORET", "taken_off", "other"),
        ("gagal cek rekening", "suspended", "account_problem"),
        ("ditangguhkan", "suspended", "other"),
        ("aktif", None, None),
    ],
)
def test_notes_say_how_a_person_stands(note, state, reason):
    assert standing_of(note)[:2] == (state, reason)


@pytest.mark.parametrize(
    "note",
    [
        "DISABILITAS GANDA",
        "TIDAK MENERIMA BANTUAN LAIN",
        "RUMAH TIDAK LAYAK HUNI",
        "PRA SEJAHTERA",
        "SEJAHTERA 1",
        "PENGGANTI ALM. SUHARDI",
        "ANAK MENINGGAL 2024",
        "SUAMI ASN",
        "MENINGGAL?",
        "PINDAH KE BANK BRI",
        "REKENING LAMA DIBLOKIR, SUDAH ADA YANG BARU",
    ],
)
def test_a_remark_that_only_holds_such_a_word_changes_nothing(note):
    assert standing_of(note)[:2] == (None, None)


@pytest.mark.parametrize(
    ("note", "reason"),
    [
        (" meninggal   dunia. ", "died"),
        ("MENINGGAL TGL 12/03/2026", "died"),
        ("Meninggal, 12 Maret 2026", "died"),
        ("1. MD (2025)", "died"),
        ("SDH PINDAH", "moved"),
        ("pindah ke Kab. Bogor", "moved"),
        ("DATA_GANDA 3271064502800011", "double"),
        ("NON-AKTIF: TDK LAYAK", "no_longer_in_need"),
        ("MENOLAK", "other"),
        ("MENGUNDURKAN DIRI", "other"),
    ],
)
def test_beside_a_phrase_stands_a_day_a_number_or_another_phrase_at_most(note, reason):
    assert standing_of(note)[:2] == ("taken_off", reason)


MEANT = ["MENINGGAL", "PINDAH", "DATA GANDA", "SUDAH MAMPU", "TIDAK LAYAK", "ASN", "DICORET", "REKENING TERBLOKIR"]
A_WORD = st.text("ABDEHIKNORTY", min_size=2, max_size=9)  # SUDAH, RUMAH or MENERIMA cannot come of these


@given(phrase=st.sampled_from(MEANT), before=st.lists(A_WORD, max_size=3), behind=st.lists(A_WORD, max_size=3))
def test_no_phrase_counts_with_other_words_around_it(phrase, before, behind):
    note = " ".join([*before, phrase, *behind])
    assert standing_of(phrase).state is not None
    assert (standing_of(note).state is None) == bool(before or behind)


@pytest.mark.parametrize("cell", ["SITI\x00AMINAH", "SITI\r\nAMINAH", "\x1fSITI\x85AMINAH", "SITI \ud800AMINAH"])
def test_a_cell_keeps_no_character_that_no_text_has(cell):
    assert text_of(cell) == "SITI AMINAH"
