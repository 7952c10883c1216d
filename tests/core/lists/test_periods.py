"""Periods, and the tahap numbers that offices write instead."""

from __future__ import annotations

from datetime import date

import pytest

from salur.core.lists.periods import is_period, last_day, period_of


@pytest.mark.parametrize("text", ["2026-T1", "2026-T4", "2021-B12", "2026"])
def test_what_is_a_period(text):
    assert is_period(text)


@pytest.mark.parametrize("text", ["", "2026-T0", "2026-T5", "2026-B13", "1999-T1", "2026-Q1", "T1", "2026-T1 "])
def test_what_is_none(text):
    assert not is_period(text)


def test_a_period_ends_with_its_last_day():
    assert last_day("2026-T1") == date(2026, 3, 31)
    assert last_day("2024-B02") == date(2024, 2, 29)
    assert last_day("2026") == date(2026, 12, 31)


def test_a_tahap_is_that_nearest_to_the_day_it_is_paid():
    assert period_of("1", date(2026, 2, 24)) == "2026-T1"
    assert period_of("4", date(2026, 1, 15)) == "2025-T4"
    assert period_of("1", date(2025, 12, 20)) == "2026-T1"
    assert period_of("12", date(2026, 1, 15)) is None
    assert period_of(None, date(2026, 1, 15)) is None
