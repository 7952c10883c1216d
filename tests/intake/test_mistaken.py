"""A file of another kind than it is given as is refused by name, not read as what it is not."""

from __future__ import annotations

import pytest

from salur.core.errors import Refused, UnreadableFile
from salur.intake.payments import read_payments
from salur.intake.people import read_list
from salur.intake.schedule import read_schedule
from tests.intake.office import nik, write_csv

LIST = ["NO", "NIK", "NAMA PENERIMA", "ALAMAT", "RT", "RW", "KELURAHAN", "KECAMATAN", "NOMINAL", "KET"]
RESULTS = ["NO", "NO DANOM", "NIK", "NAMA", "NOMINAL", "STATUS BAYAR", "TGL BAYAR", "LOKASI BAYAR"]
SCHEDULE = ["NO", "PROGRAM", "KELURAHAN", "KECAMATAN", "RW", "TANGGAL", "JAM", "TEMPAT"]
INVITATION = ["NO", "NIK", "NAMA PENERIMA", "ALAMAT", "KELURAHAN", "TANGGAL", "JAM", "TEMPAT"]


@pytest.fixture
def file(tmp_path):
    """Write a file of each kind."""

    def write(header):
        rows = {
            "KET": ["", "lansia", "gagal salur", "-"],
            "STATUS BAYAR": ["TERBAYAR", "RETUR", "GAGAL BAYAR", "BELUM DIBAYAR"],
            "KELURAHAN": ["TEGAL GUNDIL"] * 4,
            "KECAMATAN": ["BOGOR UTARA"] * 4,
            "NIK": [nik(number) for number in range(1, 5)],
            "NO DANOM": [f"16100-00000{number}" for number in range(1, 5)],
            "TANGGAL": ["24/02/2026"] * 4,
            "TGL BAYAR": ["24/02/2026"] * 4,
            "JAM": ["08.00-11.00"] * 4,
            "PROGRAM": ["PKH"] * 4,
            "NOMINAL": ["600.000"] * 4,
        }
        cells = [rows.get(name, ["001"] * 4 if name in ("RT", "RW") else ["ANI SURYANI"] * 4) for name in header]
        return write_csv(tmp_path / "a.csv", [header, *map(list, zip(*cells, strict=True))])

    return write


def test_each_kind_is_read_as_what_it_is(file):
    assert len(read_list(file(LIST)).people) == 4
    assert len(read_list(file(INVITATION)).people) == 4
    assert len(read_payments(file(RESULTS)).payments) == 4
    assert len(read_schedule(file(SCHEDULE)).sittings) == 4


@pytest.mark.parametrize("header", [RESULTS, ["NIK", "NAMA", "TGL BAYAR"], ["NIK", "NAMA", "STATUS BAYAR"]])
def test_a_report_of_payments_is_no_list(file, header):
    with pytest.raises(Refused, match="is_payments"):
        read_list(file(header))


def test_an_operator_who_names_the_columns_knows_better(file):
    assert len(read_list(file(RESULTS), {"nik": "C", "name": "D"}).people) == 4


@pytest.mark.parametrize("header", [LIST, INVITATION])
def test_a_list_is_no_report_of_payments(file, header):
    with pytest.raises(Refused, match="not_payments"):
        read_payments(file(header))


@pytest.mark.parametrize("header", [RESULTS, INVITATION, ["KODE", "NAMA PENERIMA", "KELURAHAN", "TEMPAT", "TANGGAL"]])
def test_what_names_people_is_no_schedule(file, header):
    with pytest.raises(Refused, match="names_people"):
        read_schedule(file(header))


@pytest.mark.parametrize("read", [read_list, read_payments])
def test_a_schedule_is_neither(file, read):
    with pytest.raises(UnreadableFile, match="no_header"):
        read(file(SCHEDULE))
