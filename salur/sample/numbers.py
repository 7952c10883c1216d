"""Well-formed NIKs and KK numbers, each given out once."""

from __future__ import annotations

from array import array
from datetime import date

LAST_SERIAL = 9999
SLOTS = 100 * 12 * 31 * 2  # year, month, day, sex


class Numbers:
    """Gives out numbers as a register does: the next serial for this district, day and sex.

    NIKs and KK numbers count in one row, so no number is both. Memory: 150 kB a district, however many people.
    """

    def __init__(self) -> None:
        self._given: dict[str, array[int]] = {}

    def nik(self, district: str, born: date, *, woman: bool) -> str:
        """A NIK first issued in `district` (six digits). Raises: OverflowError after 9,999 of one day."""
        return self._next(district, born, woman=woman)

    def kk(self, district: str, issued: date) -> str:
        """A KK number issued in `district` (six digits). Raises: OverflowError after 9,999 of one day."""
        return self._next(district, issued, woman=False)

    def _next(self, district: str, day: date, *, woman: bool) -> str:
        given = self._given.get(district)
        if given is None:
            given = self._given[district] = array("H", bytes(2 * SLOTS))
        year = day.year % 100
        slot = ((year * 12 + day.month - 1) * 31 + day.day - 1) * 2 + woman
        given[slot] += 1
        if (serial := given[slot]) > LAST_SERIAL:
            raise OverflowError("no serial left for one day")
        # Women's birth days are recorded with 40 added: the 5th becomes 45.
        return f"{district}{day.day + 40 * woman:02}{day.month:02}{year:02}{serial:04}"
