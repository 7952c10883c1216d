"""`python -m salur schedule …`: places and sittings, from the office's file to what residents see."""

from __future__ import annotations

from pathlib import Path

import click

from salur.cli.console import FILE, Period, as_json, with_services
from salur.cli.list_files import column_option, digest_of
from salur.cli.payout_files import (
    NUMBER,
    add_common,
    agree_option,
    refusals_told,
    tell_check,
    tell_draft,
    tell_published,
)
from salur.core.payouts.answers import FileKind
from salur.intake.schedule import read_schedule
from salur.wiring import Services

Columns = tuple[tuple[str, str], ...]
programme_option = click.option("--programme", help="For rows that name none.")
period_option = click.option("--period", type=Period(), help="For rows that name none, such as 2026-T1.")


@click.group()
def schedule() -> None:
    """Check, import, publish and undo schedules: when and where is paid."""


@schedule.command("check")
@click.argument("file", type=FILE)
@programme_option
@period_option
@column_option
@as_json
@with_services
def check(
    services: Services, file: Path, programme: str | None, period: str | None, columns: Columns, as_json: bool
) -> None:
    """Say what would become of each row, and what would be asked. Writes nothing."""
    draft = read_schedule(file, dict(columns) or None)
    report = services.schedules.check(draft, programme=programme and programme.upper(), period=period)
    tell_check(report, draft, for_programs=as_json)


@schedule.command("import")
@click.argument("file", type=FILE)
@programme_option
@period_option
@column_option
@agree_option
@as_json
@with_services
def import_(
    services: Services,
    file: Path,
    programme: str | None,
    period: str | None,
    columns: Columns,
    agreed: bool,
    as_json: bool,
) -> None:
    """Take a schedule in as a draft. What is probably a slip is asked first, and taken with --ya only."""
    draft = read_schedule(file, dict(columns) or None)
    with refusals_told(for_programs=as_json):
        id, report = services.schedules.add(
            draft, digest_of(file), programme=programme and programme.upper(), period=period, agreed=agreed
        )
    tell_draft(FileKind.SCHEDULE, id, report, draft, for_programs=as_json)


@schedule.command("publish")
@click.argument("id", metavar="NUMBER", type=NUMBER)
@agree_option
@as_json
@with_services
def publish(services: Services, id: int, agreed: bool, as_json: bool) -> None:
    """Let residents see what a draft says. A changed row replaces its sitting; they are told what it was before."""
    with refusals_told(for_programs=as_json):
        file = services.schedules.publish(id, agreed=agreed)
    tell_published(file, for_programs=as_json)


add_common(schedule, lambda services: services.schedules)
