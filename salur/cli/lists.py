"""`python -m salur lists …`: a list's life, from the sender's file to what residents see."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from xlsxwriter.utility import xl_col_to_name

from salur.cli.console import FILE, Period, answer, as_json, progress, with_services
from salur.core.imports import ListFacts
from salur.core.lists import ListSummary
from salur.intake import Draft, read_list, write_faults
from salur.wiring import Services
from salur.words.faults import explain_fault

BLOCK = 1 << 20
LIST = click.IntRange(1, 2**63 - 1)  # what a database can number


class ColumnChoice(click.ParamType[tuple[str, str]]):
    """`NIK=B`: the field, and the letters of its column."""

    name = "FIELD=COLUMN"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """Split at the sign."""
        field, sign, column = str(value).partition("=")
        if not sign or not field.strip() or not column.strip().isalpha():
            self.fail("write it like NIK=B", param, ctx)
        return field.strip().lower(), column.strip().upper()


column_option = click.option(
    "--column", "columns", type=ColumnChoice(), multiple=True, help="Name a column yourself, such as NIK=B."
)


@click.group()
def lists() -> None:
    """Check, import, publish, withdraw and restore lists of recipients."""


@lists.command("check")
@click.argument("file", type=FILE)
@column_option
@as_json
def check(file: Path, columns: tuple[tuple[str, str], ...], as_json: bool) -> None:
    """Say what is understood of a file and what is wrong with it. Writes nothing, shows no cell's content."""
    draft = read_list(file, columns=dict(columns) or None)
    counts = Counter(fault.code for fault in draft.faults)
    value = {
        "people": len(draft.people),
        "refused": list(draft.refused),
        "faults": [list(fault) for fault in draft.faults],
        "counts": dict(counts),
        "understood": asdict(draft.understood),
    }
    answer(value, _what_was_understood(draft) + _what_is_wrong(draft, counts), for_programs=as_json)


@lists.command("import")
@click.argument("file", type=FILE)
@click.option("--programme", required=True, help="Such as PKH; see: programmes show.")
@click.option("--period", type=Period(), required=True, help="2026-T1 (tahap), 2026-B07 (month) or 2026 (year).")
@click.option("--decree", required=True, help="Number of the decree or circular that the list rests on.")
@click.option("--issued", required=True, type=click.DateTime(["%Y-%m-%d"]), help="Its date.")
@click.option("--issuer", required=True, help="Who issued it.")
@column_option
@as_json
@with_services
def import_(
    services: Services,
    file: Path,
    programme: str,
    period: str,
    decree: str,
    issued: datetime,
    issuer: str,
    columns: tuple[tuple[str, str], ...],
    as_json: bool,
) -> None:
    """Import a list as a draft. Nobody sees it before `lists publish`."""
    facts = ListFacts(programme.upper(), period, decree, issued.date(), issuer)
    value = import_list(services, file, facts, columns=dict(columns))
    lines = [
        f"List {value['list']} is a draft: {value['people']:,} people, {value['faults']:,} faults, "
        f"{value['refused']:,} rows refused; {value['rows_per_second']:,} rows/s.",
        f"Faulty rows for the sender: lists faults {value['list']} --out faults.xlsx",
        f"To put it in force: lists publish {value['list']}",
    ]
    answer(value, lines, for_programs=as_json)


def import_list(
    services: Services, file: Path, facts: ListFacts, *, columns: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Read a file and write it as a draft; gives the list's number, counts, and rows per second."""
    started = time.perf_counter()
    draft = read_list(file, columns=columns or None)
    with progress(file.name, len(draft.people)) as done:
        list_id = services.imports.add(draft, facts, digest_of(file), progress=done)
    seconds = time.perf_counter() - started
    return {
        "list": list_id,
        "people": len(draft.people),
        "faults": len(draft.faults),
        "refused": len(draft.refused),
        "seconds": round(seconds, 2),
        "rows_per_second": round((len(draft.people) + len(draft.refused)) / seconds),
    }


def digest_of(file: Path) -> bytes:
    """32 bytes that tell one file from another."""
    digest = hashlib.blake2b(digest_size=32)
    with file.open("rb") as opened:
        while block := opened.read(BLOCK):
            digest.update(block)
    return digest.digest()


@lists.command("faults")
@click.argument("list_id", metavar="LIST", type=LIST)
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The workbook to write.")
@as_json
@with_services
def faults(services: Services, list_id: int, out: Path, as_json: bool) -> None:
    """Give the faulty rows back as a workbook, with the reasons in the last column. It holds personal data."""
    header, rows = services.lists.faulty_rows(list_id)
    explained = [(r.row, r.cells, [explain_fault(*reason.split(":", 1)) for reason in r.reasons]) for r in rows]
    # Before anything is in it: nobody else may read it, not even for a moment.
    out.touch()
    out.chmod(0o600)
    write_faults(out, explained, header=header)
    lines = [f"{len(rows):,} rows written. The workbook holds personal data: send it to the list's sender only."]
    answer({"rows": len(rows)}, lines, for_programs=as_json)


@lists.command("show")
@click.argument("list_id", metavar="[LIST]", type=LIST, required=False)
@as_json
@with_services
def show(services: Services, list_id: int | None, as_json: bool) -> None:
    """Show all lists, or one."""
    if list_id is None:
        summaries = services.lists.all()
        lines = [_line(summary) for summary in summaries] or ["There are no lists yet."]
        answer([asdict(summary) for summary in summaries], lines, for_programs=as_json)
    else:
        summary = services.lists.show(list_id)
        lines = [f"{name:14} {value}" for name, value in asdict(summary).items() if value is not None]
        answer(summary, lines, for_programs=as_json)


@lists.command("publish")
@click.argument("list_id", metavar="LIST", type=LIST)
@as_json
@with_services
def publish(services: Services, list_id: int, as_json: bool) -> None:
    """Put a draft in force. The older list of the same programme and area steps back, in the same transaction."""
    done = services.lists.publish(list_id)
    lines = [f"List {done.list} is in force: {done.people:,} people."]
    if done.superseded is not None:
        lines.append(f"It supersedes list {done.superseded}: {done.added:,} people new, {done.dropped:,} dropped out.")
    answer(done, lines, for_programs=as_json)


@lists.command("withdraw")
@click.argument("list_id", metavar="LIST", type=LIST)
@click.option("--why", required=True, help="For the office's own record.")
@as_json
@with_services
def withdraw(services: Services, list_id: int, why: str, as_json: bool) -> None:
    """Take a draft or published list out. Residents no longer see it."""
    before = services.lists.withdraw(list_id, why)
    lines = [f"List {list_id} is withdrawn."]
    if before is not None:
        lines.append(f"It had superseded list {before}. To bring that back: lists restore {before}")
    answer({"list": list_id, "before": before}, lines, for_programs=as_json)


@lists.command("restore")
@click.argument("list_id", metavar="LIST", type=LIST)
@as_json
@with_services
def restore(services: Services, list_id: int, as_json: bool) -> None:
    """Bring a superseded or withdrawn list back. The one in force in its place is withdrawn."""
    withdrawn = services.lists.restore(list_id)
    lines = [f"List {list_id} is {services.lists.show(list_id).state} again."]
    if withdrawn is not None:
        lines.append(f"List {withdrawn}, which was in force in its place, is withdrawn.")
    answer({"list": list_id, "withdrawn": withdrawn}, lines, for_programs=as_json)


def _line(summary: ListSummary) -> str:
    area = summary.area_name or summary.area
    return (
        f"{summary.id:>4}  {summary.state:10}  {summary.programme:11} {summary.period:8} {area:20} "
        f"{summary.people:>9,} people {summary.faults:>6,} faults"
    )


def _what_was_understood(draft: Draft) -> list[str]:
    lines = [f"{len(draft.people):,} people, {len(draft.refused):,} rows refused, {len(draft.faults):,} faults."]
    for sheet in draft.understood.sheets:
        lines.append(f"Sheet {sheet.name}: header in row {', '.join(map(str, sheet.header_rows))}")
        lines += [
            f"  column {xl_col_to_name(column)}: {field} ({sheet.how[column]})"
            for column, field in sheet.columns.items()
        ]
    return lines


def _what_is_wrong(draft: Draft, counts: Mapping[str, int]) -> list[str]:
    lines = [f"{count:>6,} x {code}" for code, count in sorted(counts.items())]
    lines += [f"Row {fault.row}: {fault.column}: {fault.code}" for fault in draft.faults]
    return lines
