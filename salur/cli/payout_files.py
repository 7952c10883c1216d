"""What `payments …` and `schedule …` have in common: show, publish, undo, and the sum of a file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict

import click

from salur.cli.console import answer, as_json, with_services
from salur.cli.language import say, words
from salur.core.errors import Asked, NothingFits
from salur.core.lists.kinds import FileFaults
from salur.core.payouts.answers import FileKind, FileReport, FileState, PayoutFile
from salur.core.payouts.files import PayoutFiles
from salur.intake.draft import PaymentDraft, ScheduleDraft, Understood
from salur.wiring import Services
from salur.words.payouts.files import (
    AGREE,
    NOTHING_FITS,
    file_in_a_line,
    how_file_stands,
    what_became_of_rows,
    what_holds_now,
    what_was_drafted,
    what_was_undone,
)

NUMBER = click.IntRange(1, 2**63 - 1)  # what a database can number
Service = Callable[[Services], PayoutFiles]
agree_option = click.option("--ya", "--yes", "agreed", is_flag=True, help="Yes to all that is asked.")


def add_common(group: click.Group, service: Service) -> None:
    """Give a group the commands show and undo."""

    @group.command("show")
    @click.argument("id", metavar="[NUMBER]", type=NUMBER, required=False)
    @as_json
    @with_services
    def show(services: Services, id: int | None, as_json: bool) -> None:
        """Show all files, or one with what was not used of it."""
        if id is None:
            files = service(services).all()
            answer(
                [asdict(file) for file in files],
                [file_in_a_line(file, words()) for file in files] or [say("Belum ada berkas seperti itu.")],
                for_programs=as_json,
            )
        else:
            file = service(services).show(id)
            answer(file, how_file_stands(file, services.settings.zone, words()), for_programs=as_json)

    @group.command("undo")
    @click.argument("id", metavar="NUMBER", type=NUMBER)
    @as_json
    @with_services
    def undo(services: Services, id: int, as_json: bool) -> None:
        """Take back what a file changed, exactly. A draft is put away."""
        was_draft = service(services).show(id).state is FileState.DRAFT
        file = service(services).undo(id)
        answer(file, [what_was_undone(file, words(), was_draft=was_draft)], for_programs=as_json)


def tell_check(report: FileReport, draft: PaymentDraft | ScheduleDraft, *, for_programs: bool) -> None:
    """Print what would become of a file. Exit code 1 when nothing of it can be used."""
    lines = [*_columns(draft.understood), *what_became_of_rows(report, draft.faults, words())]
    if not report.used:
        lines.append(say(NOTHING_FITS))
    answer(_value(report, draft), lines, for_programs=for_programs)
    if not report.used:
        raise click.exceptions.Exit(1)


def tell_draft(kind: FileKind, id: int, report: FileReport, draft: FileFaults, *, for_programs: bool) -> None:
    """Print what was written, and how to go on."""
    lines = [*what_became_of_rows(report, draft.faults, words()), *what_was_drafted(kind, id, words())]
    answer({"file": id, **_value(report, draft)}, lines, for_programs=for_programs)


def tell_published(file: PayoutFile, *, for_programs: bool) -> None:
    """Print what holds now, and how to take it back."""
    answer(file, what_holds_now(file, words()), for_programs=for_programs)


@contextmanager
def refusals_told(*, for_programs: bool) -> Iterator[None]:
    """Tell why nothing was taken, row by row, and end with 1."""
    try:
        yield
    except (NothingFits, Asked) as refused:
        report = refused.report
        assert isinstance(report, FileReport)
        if for_programs:
            click.echo(json.dumps({"refused": refused.code, **asdict(report)}, default=str))
        else:
            last = AGREE if isinstance(refused, Asked) else NOTHING_FITS
            click.echo("\n".join([*what_became_of_rows(report, (), words()), say(last)]), err=True)
        raise click.exceptions.Exit(1) from None


def _value(report: FileReport, draft: FileFaults) -> dict[str, object]:
    """For programs: with codes, and what is wrong with rows whether they are used or not."""
    return {**asdict(report), "faults": [list(fault) for fault in draft.faults]}


def _columns(understood: Understood) -> list[str]:
    return [
        say(
            "Lembar {nama}: judul kolom di baris {baris}: {kolom}",
            nama=sheet.name,
            baris=", ".join(map(str, sheet.header_rows)),
            kolom=", ".join(sheet.columns.values()),
        )
        for sheet in understood.sheets
    ]
