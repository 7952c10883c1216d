"""`python -m salur payments …`: what PT Pos reports back."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from salur.cli.console import FILE, Period, answer, as_json, with_services
from salur.intake import read_payments
from salur.wiring import Services


@click.group()
def payments() -> None:
    """Who was paid, when and where."""


@payments.command("import")
@click.argument("file", type=FILE)
@click.option("--programme", required=True, help="Such as PKH.")
@click.option("--period", type=Period(), required=True, help="Such as 2026-T1.")
@as_json
@with_services
def import_(services: Services, file: Path, programme: str, period: str, as_json: bool) -> None:
    """Take a result file in. Rows are matched by letter code, else NIK, else KK number; a later file wins."""
    draft = read_payments(file)
    report = services.payments.record(draft.payments, programme=programme, period=period)
    lines = [f"{report.paid:,} paid, {report.returned:,} returned, {len(report.unmatched):,} rows not matched."]
    lines += [f"Row {row}: {code}" for row, code in report.unmatched]
    answer(asdict(report), lines, for_programs=as_json)
