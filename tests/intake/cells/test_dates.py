"""Days: whole or not at all, and a column is read in one order throughout."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salur.intake.cells.dates import Order, day_of, order_of
from salur.intake.payments import read_payments
from salur.intake.schedule import read_schedule
from tests.intake.office import Rows, nik, write_csv, write_xlsx

DAY = date(2026, 2, 24)
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    "cell",
    [
        "24/02/2026 08:00:00",
        "2026-02-24T08:00:00Z",
        "2026-02-24 08:00:00.123",
        "24-02-2026 pukul 08.00 WIB",
        "24 Februari 2026, 08.00-11.00 WIB",
        "24 Februari 2026 (Selasa)",
        "Hari Selasa tgl 24/02/2026.",
        "2026/02/24",
    ],
)
def test_a_day_may_have_its_time_and_its_weekday(cell):
    assert day_of(cell) == (DAY, True)


@pytest.mark.parametrize(
    "cell",
    [
        "24 Februari 2026 s/d 26 Februari 2026",
        "24/02/2026 - 26/02/2026",
        "24/02/2026-26/02/2026",
        "24-26 Februari 2026",
        "24 & 25 Februari 2026",
        "24/02/2026 atau 25/02/2026",
        "25/02/2026 DITUNDA",
        "24/02/2026 (batal)",
        "24/02/2026?",
        "24/02/2026*",
        "Senin, 24 Februari 2026",
        "Selasa, 24 Februari 2026 (Rabu)",
        "Senin/Selasa, 24 Februari 2026",
        "s/d 24/02/2026",
        "2026-02-24 s/d 2026-02-26",
    ],
)
def test_a_day_with_more_behind_it_is_unclear(cell):
    assert day_of(cell) == (None, False)


@given(day=DAYS, behind=st.text(st.characters(categories=["L", "N"]), min_size=1))
def test_no_day_is_read_with_a_word_behind_it(day, behind):
    assert day_of(f"{day:%d/%m/%Y} {behind}") == (None, False)


@given(st.lists(DAYS, min_size=2, max_size=20), st.sampled_from(["%m/%d/%Y", "%d/%m/%Y"]))
def test_a_column_proven_is_read_in_its_order(days, form):
    """Where one day can be read in one way only, all are; where none can, the day comes first."""
    written = [format(day, form) for day in days]
    if all(day.day <= 12 for day in days) and form == "%m/%d/%Y":
        return
    order = order_of(written)
    assert [day_of(cell, order).day for cell in written] == days


def test_where_both_orders_are_proven_only_what_may_be_either_is_unclear():
    order = order_of(["24/02/2026", "02/25/2026", "02/03/2026"])
    assert order == Order.BOTH
    assert day_of("24/02/2026", order).day == DAY
    assert not day_of("02/03/2026", order).clear
    assert not day_of("02/25/2026", order).clear


def test_one_day_alone_with_the_month_first_is_a_slip():
    assert not day_of("02/24/2026", order_of(["02/24/2026", "", "-"])).clear


def test_days_that_excel_read_with_the_month_first_are_unclear_beside_those_it_could_not_read():
    spoilt = order_of([date(2026, 5, 2), datetime(2026, 12, 3), "24/02/2026"])  # noqa: DTZ001  # as Excel has them
    assert not day_of(date(2026, 5, 2), spoilt).clear
    assert day_of("24/02/2026", spoilt).day == DAY
    fine = order_of([date(2026, 2, 13), "24/02/2026"])
    assert day_of(date(2026, 2, 13), fine).day == date(2026, 2, 13)


def test_a_sitting_on_several_days_or_put_off_is_refused(tmp_path):
    rows = [
        ["KELURAHAN", "TEMPAT", "TANGGAL"],
        ["LOJI", "KANTOR POS", "24 Februari 2026 s/d 26 Februari 2026"],
        ["LOJI", "KANTOR POS", "25/02/2026 DITUNDA"],
        ["LOJI", "KANTOR POS", "26/02/2026"],
    ]
    draft = read_schedule(write_csv(tmp_path / "a.csv", rows))
    assert draft.refused == (2, 3)
    assert [sitting.date for sitting in draft.sittings] == [date(2026, 2, 26)]
    assert {fault.code for fault in draft.faults if fault.column == "date"} == {"date_unclear"}


def test_results_with_the_month_first_are_read_so(tmp_path):
    days = ["02/24/2026", "02/03/2026", "03/01/2026"]
    rows = [["NIK", "STATUS", "TGL BAYAR"], *([nik(i), "DIBAYAR", day] for i, day in enumerate(days, 1))]
    draft = read_payments(write_csv(tmp_path / "a.csv", rows))
    assert [payment.date for payment in draft.payments] == [DAY, date(2026, 2, 3), date(2026, 3, 1)]


def test_days_spoilt_by_excel_are_a_fault_in_a_workbook(tmp_path):
    rows: Rows = [
        ["NIK", "STATUS", "TGL BAYAR"],
        [nik(1), "DIBAYAR", date(2026, 5, 2)],
        [nik(2), "DIBAYAR", "24/02/2026"],
    ]
    draft = read_payments(write_xlsx(tmp_path / "a.xlsx", {"A": rows}))
    assert [payment.date for payment in draft.payments] == [None, DAY]
    assert draft.faults == ((2, "date", "date_unclear"),)
