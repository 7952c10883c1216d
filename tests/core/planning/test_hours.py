"""Opening hours as offices write them."""

from __future__ import annotations

import datetime as dt

import pytest

from salur.core.payouts.planning.hours import is_open

MONDAY = dt.date(2026, 2, 23)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Senin-Jumat 08.00-15.00", "ooooo" + "xx"),
        ("Senin-Jumat 08.00-15.00, Sabtu 08.00-12.00", "ooooo" + "ox"),
        ("Senin s/d Kamis 08:00 s.d. 15:00; Jum'at 08.00-11.30", "ooooo" + "xx"),
        ("senin, rabu dan jumat pukul 8-12 WIB", "oxoxo" + "xx"),
        ("Sabtu - Senin 08.00-12.00", "oxxxx" + "oo"),
        ("Setiap hari 08.00–17.00 WIB", "ooooo" + "oo"),
        ("Senin-Sabtu 08.00-12.00, 13.00-15.00, Minggu libur", "ooooo" + "ox"),
        ("24 jam", "ooooo" + "oo"),
        ("08.00-15.00", "ooooo" + "oo"),
    ],
)
def test_a_morning_is_within_the_hours_of_these_days(text, days):
    told = [is_open(text, MONDAY + dt.timedelta(days=n), dt.time(8), dt.time(11)) for n in range(7)]
    assert told == [day == "o" for day in days]


@pytest.mark.parametrize(
    "text", ["Jam kerja", "menyesuaikan", "Senin-Jumat", "Senin 15.00-08.00", "Senin 08.00-15.00 kecuali libur"]
)
def test_what_is_not_understood_says_nothing(text):
    assert is_open(text, MONDAY, dt.time(8), dt.time(11)) is None


def test_before_opening_and_after_closing_it_is_closed():
    hours = "Senin-Jumat 08.00-15.00"
    assert is_open(hours, MONDAY, dt.time(7, 30), dt.time(11)) is False
    assert is_open(hours, MONDAY, dt.time(14), dt.time(15, 30)) is False
    assert is_open(hours, MONDAY, dt.time(8), dt.time(15)) is True
