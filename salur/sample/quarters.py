"""Quarters (tahap) as lists name them, and dates as letters write them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
BEFORE_TODAY = timedelta(days=26)  # past sittings reach back 22 days; a list is older than its sittings


@dataclass(frozen=True, slots=True)
class Quarter:
    """One quarter and the day its lists were issued."""

    year: int
    number: int  # 1-4
    issued: date

    @property
    def period(self) -> str:
        """`2026-T4`."""
        return f"{self.year}-T{self.number}"

    @property
    def words(self) -> str:
        """`Tahap 4 Tahun 2026`."""
        return f"Tahap {self.number} Tahun {self.year}"


def present(today: date) -> Quarter:
    """The quarter of `today`; early in a quarter its lists were issued before it began."""
    number = (today.month + 2) // 3
    return Quarter(today.year, number, min(_tenth(today.year, number), today - BEFORE_TODAY))


def before(quarter: Quarter) -> Quarter:
    """The quarter before."""
    year, number = (quarter.year, quarter.number - 1) if quarter.number > 1 else (quarter.year - 1, 4)
    return Quarter(year, number, _tenth(year, number))


def long_date(day: date) -> str:
    """`12 Januari 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _tenth(year: int, number: int) -> date:
    return date(year, 3 * number - 2, 10)
