"""`python -m salur schedule …`: places and sittings."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from salur.cli.console import FILE, Period, answer, as_json, with_services
from salur.intake import read_schedule
from salur.wiring import Services


@click.group()
def schedule() -> None:
    """When and where is paid."""


@schedule.command("import")
@click.argument("file", type=FILE)
@click.option("--programme", help="For rows that name none.")
@click.option("--period", type=Period(), help="For rows that name none, such as 2026-T1.")
@as_json
@with_services
def import_(services: Services, file: Path, programme: str | None, period: str | None, as_json: bool) -> None:
    """Take a schedule in. A changed row replaces its sitting, and residents are told what it was before."""
    draft = read_schedule(file)
    report = services.schedules.add(draft.sessions, programme=programme, period=period)
    lines = [f"{report.added} sittings added, {report.changed} changed, {report.unchanged} as they were."]
    lines += [f"Row {fault.row}: {fault.column}: {fault.code}" for fault in draft.faults]
    lines += [f"Row {row} was not used: {code}" for row, code in report.skipped]
    answer({**asdict(report), "faults": [list(f) for f in draft.faults]}, lines, for_programs=as_json)
