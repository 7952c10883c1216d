"""Days that operators type: `12-01-2026`, `12/1/2026`, `12 Januari 2026`, `2026-01-12`; the day before the month."""

from __future__ import annotations

import re
from datetime import date

import click

from salur.cli.language import say
from salur.intake.cells.dates import day_of
from salur.words.language import N_

# Nothing before it but the day of the week, and nothing behind it: a range is no day.
A_DAY = re.compile(
    r"(?:[A-Z']+,?\s)?(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[\s./-]+(?:\d{1,2}|[A-Z]+)[\s./-]+(?:\d{4}|\d{2}))", re.I | re.A
)
NO_DAY = N_("{teks} bukan tanggal. Tulis misalnya 12-01-2026, 12 Januari 2026, atau 2026-01-12.")


class Day(click.ParamType[date]):
    """A day, read as all days that operators type."""

    name = "DAY"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read it as the cells of files are read, and nothing more may stand there."""
        if isinstance(value, date):
            return value
        text = " ".join(str(value).split())
        day = day_of(text).day if A_DAY.fullmatch(text) else None
        if day is None:
            self.fail(say(NO_DAY, teks=text), param, ctx)
        return day
