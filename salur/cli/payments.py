"""`python -m salur payments …`: what PT Pos reports back, from its file to what residents see."""

from __future__ import annotations

from pathlib import Path

import click

from salur.cli.console import FILE, Period, as_json, with_services
from salur.cli.list_files import column_option, digest_of
from salur.cli.payout_files import NUMBER, add_common, refusals_told, tell_check, tell_draft, tell_published
from salur.core.payouts.answers import FileKind
from salur.core.payouts.kinds import Round
from salur.intake.payments import read_payments
from salur.wiring import Services

Columns = tuple[tuple[str, str], ...]
programme_option = click.option("--programme", required=True, help="Such as PKH.")
period_option = click.option("--period", type=Period(), required=True, help="Such as 2026-T1.")


@click.group()
def payments() -> None:
    """Check, import, publish and undo reports of who was paid, when and where."""


@payments.command("check")
@click.argument("file", type=FILE)
@programme_option
@period_option
@column_option
@as_json
@with_services
def check(services: Services, file: Path, programme: str, period: str, columns: Columns, as_json: bool) -> None:
    """Compare a report with the lists and say what would become of each row. Writes nothing."""
    draft = read_payments(file, dict(columns) or None)
    report = services.payments.check(draft, Round(programme.upper(), period))
    tell_check(report, draft, for_programs=as_json)


@payments.command("import")
@click.argument("file", type=FILE)
@programme_option
@period_option
@column_option
@as_json
@with_services
def import_(services: Services, file: Path, programme: str, period: str, columns: Columns, as_json: bool) -> None:
    """Take a report in as a draft. Rows are matched by letter code, else NIK, else KK number; the name has to fit."""
    draft = read_payments(file, dict(columns) or None)
    with refusals_told(for_programs=as_json):
        id, report = services.payments.add(draft, Round(programme.upper(), period), digest_of(file))
    tell_draft(FileKind.PAYMENTS, id, report, draft, for_programs=as_json)


@payments.command("publish")
@click.argument("id", metavar="NUMBER", type=NUMBER)
@as_json
@with_services
def publish(services: Services, id: int, as_json: bool) -> None:
    """Let residents and heads see what a draft says. A later report wins."""
    tell_published(services.payments.publish(id), for_programs=as_json)


add_common(payments, lambda services: services.payments)
