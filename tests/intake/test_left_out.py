"""Who lacks a number is refused, not dropped; titles, totals and the foot of the page are nobody, and are named."""

from __future__ import annotations

import pytest

from salur.core.lists.kinds import WhyLeftOut
from salur.intake.people import read_list
from salur.intake.schedule import read_schedule
from tests.intake.office import Rows, nik, write_csv, write_xlsx

TITLE, SIGNATURE, NOTE = WhyLeftOut.TITLE, WhyLeftOut.SIGNATURE, WhyLeftOut.NOTE
TOTAL, HEADER = WhyLeftOut.TOTAL, WhyLeftOut.REPEATED_HEADER


def a_list(tmp_path, *rows):
    return read_list(write_csv(tmp_path / "a.csv", rows))


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        (["NO", "NAMA", "NIK"], [[1, "SITI", nik(1)], [2, "UJANG", ""], [3, "ENTIN", nik(3)]]),
        (["NO", "NAMA", "NIK"], [[1, "SITI", nik(1)], [2, "UJANG", ""]]),
        (["NO", "NIK", "NAMA"], [[1, nik(1), "SITI"], [2, "-", "UJANG"]]),
        (["NAMA", "NIK"], [["SITI", nik(1)], ["UJANG", ""], ["ENTIN", nik(3)]]),
        (["NAMA", "NIK"], [["SITI", nik(1)], ["UJANG", ""]]),
        (["NAMA", "NIK", "RT"], [["SITI", nik(1), "003"], ["UJANG", "", "003"]]),
        (["NO", "NAMA", "NIK", "ALAMAT"], [[1, "SITI", nik(1), "KP. BARU"], [2, "", "", "KP. BARU"]]),
        (["NIK", "NAMA", "PEKERJAAN"], [[nik(1), "SITI", ""], ["", "UJANG", "PETUGAS"], [nik(3), "ENTIN", ""]]),
    ],
)
def test_who_has_no_number_is_refused_by_row(tmp_path, header, rows):
    draft = a_list(tmp_path, header, *rows)
    assert draft.refused == (3,)
    assert len(draft.people) == len(rows) - 1


@pytest.mark.parametrize(
    "cells",
    [
        {"TEMPAT, TANGGAL LAHIR": "BOGOR, 12 MEI 1980"},
        {"PEKERJAAN": "PETUGAS KEBERSIHAN"},
        {"PEKERJAAN": "SEKRETARIS RW"},
        {"PEKERJAAN": "LURAH"},
        {"ALAMAT": "CAMAT RAYA NO 3"},
        {"KET": "CATATAN: lansia"},
    ],
)
@pytest.mark.parametrize("numbered", [True, False])
def test_a_job_or_a_place_and_day_of_birth_is_no_signature(tmp_path, cells, numbered):
    header = [*(["NO"] if numbered else []), "KODE PBP", "NAMA", *cells, *({"ALAMAT", "RT"} - set(cells))]
    rows = [
        [*([n] if numbered else []), f"PBP004{n}", name, *cells.values(), *(["003"] * (len(header) - 3 - numbered))]
        for n, name in ((1, "SITI"), (2, "UJANG"))
    ]
    draft = a_list(tmp_path, header, *rows)
    assert [p.letter_code for p in draft.people] == ["PBP0041", "PBP0042"]
    assert draft.rows.left_out == ()


def test_every_row_that_is_nobody_is_named_with_its_reason(tmp_path):
    rows = [
        ["NO", "NIK", "NAMA", "NOMINAL"],
        [1, 2, 3, 4],
        ["RT 001 RW 004", "", "", ""],
        [1, nik(1), "ANI", 600000],
        ["JUMLAH", "", "", 600000],
        ["NO", "NIK", "NAMA", "NOMINAL"],
        [2, nik(2), "IDA", 600000],
        [3, "", "", ""],
        ["", "", "", 1200000],
        [],
        ["", "", "Bogor, 12 Januari 2026", ""],
        ["Mengetahui", "", "LURAH LOJI", "PETUGAS"],
        ["( ASEP )", "", "( UJANG )", "( EEM )"],
        ["", "NIP. 19700101 199001 1 001", "", ""],
        ["* diisi oleh kelurahan", "", "", ""],
    ]
    draft = a_list(tmp_path, *rows)
    assert [p.name for p in draft.people] == ["ANI", "IDA"]
    assert draft.refused == ()
    assert draft.rows.left_out == (
        (2, WhyLeftOut.COLUMN_NUMBERS),
        (3, TITLE),
        (5, TOTAL),
        (6, HEADER),
        (8, NOTE),
        (9, TOTAL),
        (11, SIGNATURE),
        (12, SIGNATURE),
        (13, SIGNATURE),
        (14, SIGNATURE),
        (15, NOTE),
    )


def test_a_signature_in_the_midst_of_pages_is_nobody(tmp_path):
    page: Rows = [["NAMA", "NIK", "RT"], ["ANI", nik(1), "1"], [], ["Mengetahui", "", ""], ["ASEP", "", ""]]
    draft = a_list(tmp_path, *page, *page[:1], ["IDA", nik(2), "1"])
    assert ([p.name for p in draft.people], draft.refused) == (["ANI", "IDA"], ())
    assert draft.rows.left_out == ((4, SIGNATURE), (5, SIGNATURE), (6, HEADER))


def test_a_number_in_the_wrong_column_is_not_dropped(tmp_path):
    draft = a_list(tmp_path, ["NIK", "NAMA", "KET"], [nik(1), "ANI", ""], ["", "", nik(2)])
    assert draft.refused == (3,)


def test_a_subtotal_in_a_merged_area_is_a_total(tmp_path):
    rows: Rows = [["RT", "NIK", "NAMA"], ["", nik(1), "ANI"], ["", "JUMLAH", 1], ["", nik(2), "IDA"]]
    draft = read_list(write_xlsx(tmp_path / "a.xlsx", {"A": rows}, merged={"A2:A4": "003"}))
    assert [p.rt for p in draft.people] == [3, 3]
    assert draft.rows.left_out == ((3, TOTAL),)


def test_an_rw_without_place_and_day_is_refused_in_a_schedule(tmp_path):
    rows: Rows = [
        ["NO", "KELURAHAN", "RW", "TEMPAT", "TANGGAL", "JAM"],
        [1, "LOJI", "001", "KANTOR POS", "24 Februari 2026", "08.00-11.00"],
        ["", "", "002", "", "", ""],
        [3, "", "003", "", "", ""],
        ["", "EMPANG", "001", "", "", ""],
        ["", "", "", "LURAH LOJI", "", ""],
    ]
    draft = read_schedule(write_csv(tmp_path / "a.csv", rows))
    assert [sitting.row for sitting in draft.sittings] == [2]
    assert draft.refused == (3, 4, 5)
    assert draft.rows.left_out == ((6, SIGNATURE),)


def test_names_that_begin_like_totals_and_notes_like_names_are_told_apart(tmp_path):
    rows = [
        ["NO", "NAMA", "KODE PBP", "ALAMAT"],
        [1, "LURAH", "PBP01", "KP. BARU"],
        [2, "TOTAL", "PBP02", "KP. BARU"],
        ["Keterangan: per Januari", "yang meninggal dicoret", "", ""],
        [3, "JUMLAH", "PBP03", "KP. BARU"],
        [4, "", "", ""],
        [5, "", "", "KP. BARU"],
    ]
    draft = a_list(tmp_path, *rows)
    assert [p.name for p in draft.people] == ["LURAH", "TOTAL", "JUMLAH"]
    assert draft.rows.left_out == ((4, NOTE), (6, NOTE))
    assert draft.refused == (7,)
