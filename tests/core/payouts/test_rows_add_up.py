"""Every filled row of a report or a schedule below its header has one fate, whatever stands between the rows."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salur.core.errors import Refused
from salur.core.payouts.kinds import Round
from salur.intake.payments import read_payments
from salur.intake.schedule import read_schedule
from tests.fixtures.office import Recipient
from tests.intake.office import write_csv

RESULTS = ["NO", "NIK", "NAMA", "NOMINAL", "STATUS BAYAR", "TGL BAYAR", "LOKASI BAYAR", "KET"]
SCHEDULE = ["NO", "PROGRAM", "PERIODE", "KELURAHAN", "KECAMATAN", "RW", "TANGGAL", "JAM", "TEMPAT"]
BETWEEN = st.sampled_from(
    [
        ["KELURAHAN TEGAL GUNDIL"],
        ["JUMLAH", "", "", "1.200.000"],
        ["Bogor, 24 Februari 2026"],
        ["Mengetahui,"],
        ["Catatan: sudah diperiksa"],
        ["", "", "BUDI SANTOSO"],
        [],
    ]
)
PAYMENT = st.tuples(
    st.integers(0, 4),
    st.sampled_from(["600000", "1", ""]),
    st.sampled_from(["TERBAYAR", "RETUR", "GAGAL BAYAR", "BELUM", "???", ""]),
    st.sampled_from(["12/02/2026", "01/03/2027", "32/13/2026", ""]),
    st.sampled_from(["Kantor Pos Bogor", "Kantor Kelurahan", ""]),
    st.sampled_from(["", "diwakilkan anak", "rumah kosong"]),
)
SITTING = st.tuples(
    st.sampled_from(["PKH", "ENTAH"]),
    st.sampled_from(["2026-T1", ""]),
    st.sampled_from(["TEGAL GUNDIL", "ATLANTIS"]),
    st.sampled_from(["1", "2", ""]),
    st.sampled_from(["24/02/2026", "24/02/2025", "entah"]),
    st.sampled_from(["08.00-11.00", "20.00-23.00", ""]),
    st.sampled_from(["SDN 1", "Kantor Kelurahan", ""]),
)
ROWS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def niks(office):
    """Numbers of four people of a list, and of one of none."""
    people = [Recipient() for _ in range(5)]
    office.publishes(*people[:4])
    return [person.nik for person in people]


def filled(rows) -> int:
    """How many rows have anything in them."""
    return sum(any(cell for cell in row) for row in rows)


@ROWS
@given(first=PAYMENT, others=st.lists(st.one_of(PAYMENT, BETWEEN), max_size=12))
def test_no_row_of_a_report_is_lost(first, others, niks, services, tmp_path):
    cells = [
        [number, niks[row[0]], "SITI MAESAROH", *row[1:]] if isinstance(row, tuple) else row
        for number, row in enumerate([first, *others], 1)
    ]
    try:
        draft = read_payments(write_csv(tmp_path / "a.csv", [RESULTS, *cells]))
    except Refused:
        return  # not even one says what became of the money
    report = services.payments.check(draft, Round("PKH", "2026-T1"))
    assert (report.agrees, report.rows) == (True, filled(cells))


@ROWS
@given(first=SITTING, others=st.lists(st.one_of(SITTING, BETWEEN), max_size=12))
def test_no_row_of_a_schedule_is_lost(first, others, services, tmp_path):
    cells = [
        [number, *row[:3], "BOGOR UTARA", *row[3:]] if isinstance(row, tuple) else row
        for number, row in enumerate([first, *others], 1)
    ]
    report = services.schedules.check(read_schedule(write_csv(tmp_path / "a.csv", [SCHEDULE, *cells])))
    assert (report.agrees, report.rows) == (True, filled(cells))
    assert {question.row for question in report.questions} <= set(range(2, len(cells) + 2))
