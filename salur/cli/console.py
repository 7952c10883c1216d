"""What all commands share: building the services, saying what was refused, progress, and answers for machines."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from functools import wraps
from pathlib import Path
from typing import Any, NoReturn

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from salur.config import Settings
from salur.core.errors import ConfigError, DatabaseAway, Refused, SalurError, UnreadableFile
from salur.core.periods import is_period
from salur.wiring import Services, build


class Period(click.ParamType[str]):
    """`2026-T1`, `2026-B07` or `2026`."""

    name = "PERIOD"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """In capitals."""
        if not is_period(value.upper()):
            self.fail(REFUSALS["bad_period"], param, ctx)
        return value.upper()


as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON value, for programs.")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)

REFUSALS = {
    "bad_territory": "A {role} needs another area: a region code of its level, with --rw for RW and --rw --rt for RT.",
    "no_such_account": "There is no open account of that name. See: accounts list.",
    "no_such_region": "There is no region {region}.",
    "already_imported": "This very file was imported before, as list {list}. Withdraw that list to import it again.",
    "bad_period": "The period must be like 2026-T1 (tahap 1-4), 2026-B07 (month) or 2026 (year).",
    "keys_exist": "There are keys already. To change the sealing key: keys rotate.",
    "keys_rotated": "The keys were changed meanwhile. Nothing was written; please run the import again.",
    "newer_in_force": "List {list} of period {period} is in force; an older list cannot supersede it.",
    "no_list": "There is no published list of {programme} for {period}.",
    "no_such_list": "There is no list {list}. See: lists show.",
    "nobody": "The file names nobody who can be identified.",
    "not_a_draft": "List {list} is {state}; only a draft can be published.",
    "not_restorable": "List {list} is {state}; only a superseded or withdrawn list can be brought back.",
    "not_withdrawable": "List {list} is {state}; only a draft or published list can be withdrawn.",
    "rotation_pending": "Some data are still sealed with an old key. Run: keys rotate.",
    "no_such_column": "No sheet of the file has all the columns that were named for: {fields}.",
    "unknown_column": "The column of {field} must be named by its letters, such as {field}=B.",
    "unknown_field": "There is no field {field}. There are: {known}.",
    "unknown_programme": "There is no programme {programme}. See: programmes show.",
}
UNREADABLE = {
    "missing": "The file is not there.",
    "empty": "The file is empty.",
    "password": "The file is protected by a password. Ask the sender for one without.",
    "not_a_table": "The file is not a spreadsheet that can be read (xlsx, xls, ods, csv).",
    "damaged": "The file is damaged. Ask the sender to send it again.",
    "zip_bomb": "The file unpacks to far more than any list; it was not opened.",
    "formula_errors": "Cells hold formula errors instead of values. Open the file, and save it with values.",
    "too_large": "The file is larger than 200 MB.",
    "too_many_rows": "The file has more than 2,000,000 rows.",
    "no_header": "No row with the column names of such a file was found. `lists` takes --column, such as NIK=B.",
}


class Refusing(click.Group):
    """A group that turns what Salur refuses into a sentence and exit code 1, without a traceback."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Remember whether a program is asking: it wants JSON when it is refused, too."""
        self._for_programs = "--json" in args
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except SalurError as error:
            if self._for_programs:
                click.echo(json.dumps({"refused": getattr(error, "code", type(error).__name__)}))
            refuse(_sentence(error))
        except OSError as error:
            if error.errno == errno.EPIPE:  # `| head`: click ends quietly
                raise
            refuse(f"{error.filename or 'A file'}: {error.strerror}.")


def _sentence(error: SalurError) -> str:
    """What was refused and why."""
    if isinstance(error, Refused):
        return REFUSALS.get(error.code, error.code).format(**error.facts)
    if isinstance(error, UnreadableFile):
        return UNREADABLE.get(error.code, error.code)
    if isinstance(error, ConfigError):
        return f"{error.setting} {error.code}."
    if isinstance(error, DatabaseAway):
        return f"The database cannot do this now ({error.kind}). Is it there? Is it set up: python -m salur setup?"
    return str(error)


def refuse(sentence: str) -> NoReturn:
    """Say why on standard error and end with 1."""
    click.echo(sentence, err=True)
    raise click.exceptions.Exit(1)


def with_services(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give the command the services as its first argument, and close them afterwards."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        services: Services = build(Settings.from_env())
        try:
            return command(services, *args, **kwargs)
        finally:
            services.database.dispose()

    return run


def answer(value: Any, lines: list[str], *, for_programs: bool) -> None:
    """Print one JSON value, or lines for people."""
    if for_programs:
        plain = asdict(value) if is_dataclass(value) and not isinstance(value, type) else value
        click.echo(json.dumps(plain, default=str, ensure_ascii=False))
    else:
        click.echo("\n".join(lines))


@contextmanager
def progress(what: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """A bar on standard error (nothing when that is no terminal); call what it gives with how much was done."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=total)
        yield lambda done: bar.advance(task, done)
