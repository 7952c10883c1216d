"""How letters are handed over, RT by RT, as a workbook and as csv. Numbers of letters, nobody's name."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import StringIO

from salur.core.letters.handing.answers import Withheld, WithheldIn
from salur.core.officers.roles import Officer
from salur.documents.csv_cells import as_text
from salur.documents.table_workbook import table_as_xlsx
from salur.words import neighbourhood
from salur.words.language import Say
from salur.words.printing.handing import withheld_in

WIDTH = 16


def withheld_as_xlsx(found: Withheld, officer: Officer, say: Say) -> bytes:
    """All RT in the order of the page, the sums first."""
    header, *rows = _rows(found, say)
    columns = [(str(label), WIDTH if number else 2 * WIDTH) for number, label in enumerate(header)]
    above = (say("Surat yang tertahan"), neighbourhood.made_by(officer, found.made_at, say), "")
    return table_as_xlsx(say("Surat"), columns, rows, officer, found.made_at, above=above, beside=1)


def withheld_as_csv(found: Withheld, say: Say) -> bytes:
    """The same with semicolons and a BOM, as Excel opens it where decimals have a comma."""
    content = StringIO()
    writer = csv.writer(content, delimiter=";")
    for row in _rows(found, say):
        writer.writerow(["" if cell is None else as_text(cell) for cell in row])
    return content.getvalue().encode("utf-8-sig")


def _rows(found: Withheld, say: Say) -> Iterator[Sequence[str | int | None]]:
    """The header, the sums, and each RT. Reports have a column only where they are told."""
    reports = [] if found.total.reports is None else [say("Laporan surat ditahan")]
    yield (
        say("Wilayah"), say("Kode wilayah"), say("RW"), say("RT"), say("Dicetak"), say("Diserahkan"),
        say("Belum diserahkan"), say("Diganti"), say("Ditarik"), say("Lebih dari 3 hari"),
        say("Harinya dekat atau lewat"), *reports,
    )  # fmt: skip
    yield _row(say("Jumlah"), found.total)
    for one in found.parts:
        yield _row(withheld_in(one, say), one)


def _row(name: str, one: WithheldIn) -> Sequence[str | int | None]:
    counts, area = one.counts, one.area
    reports = [] if one.reports is None else [one.reports]
    return (
        name, area.region_code, area.rw, area.rt, counts.printed, counts.handed, counts.waiting, counts.replaced,
        counts.withdrawn, one.long, one.soon, *reports,
    )  # fmt: skip
