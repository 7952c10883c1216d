"""What all commands share: building the services, saying what was refused, progress, and answers for machines."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from functools import wraps
from typing import Concatenate, NoReturn, ParamSpec, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from salur.cli.language import say, words
from salur.cli.refusals import DATABASE_AWAY, REFUSALS, WHY_UNREADABLE, why_refused
from salur.cli.usage import ExistingFile, usage_in_words
from salur.config import Settings
from salur.core.errors import ConfigError, DatabaseAway, NoKey, Refused, SalurError, UnreadableFile
from salur.core.lists.answers import Contradicted
from salur.core.lists.periods import is_period
from salur.wiring import Services, build
from salur.words.lists.drafts import what_contradicts
from salur.words.settings import what_is_wrong_with


class Period(click.ParamType[str]):
    """`2026-T1`, `2026-B07` or `2026`."""

    name = "PERIOD"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """In capitals."""
        if not is_period(value.upper()):
            sentence = REFUSALS["bad_period"]
            self.fail(say(sentence), param, ctx)
        return value.upper()


as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON value, for programs.")
P = ParamSpec("P")
R = TypeVar("R")
FILE = ExistingFile()


class Refusing(click.Group):
    """A group that turns what Salur refuses into a sentence and exit code 1, without a traceback."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Remember whether a program is asking: it wants JSON when it is refused, too."""
        self._for_programs = "--json" in args
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            raise usage_in_words(error) from None
        except SalurError as error:
            if self._for_programs:
                click.echo(json.dumps({"refused": getattr(error, "code", type(error).__name__)}))
            refuse(_sentence(error))
        except OSError as error:
            if error.errno == errno.EPIPE:  # `| head`: click ends quietly
                raise
            refuse(say("{berkas}: {sebab}.", berkas=str(error.filename or "?"), sebab=error.strerror))


def _sentence(error: SalurError) -> str:
    """What was refused and why."""
    if isinstance(error, Contradicted):
        return what_contradicts(error.found, words())
    if isinstance(error, Refused):
        return why_refused(error, words())
    if isinstance(error, UnreadableFile):
        sentence = WHY_UNREADABLE.get(error.code, error.code)
        return say(sentence)
    if isinstance(error, ConfigError):
        return what_is_wrong_with(error, words())
    if isinstance(error, DatabaseAway):
        return say(DATABASE_AWAY, sebab=error.kind)
    if isinstance(error, NoKey):
        return say("Ada data yang tidak dapat dibuka dengan berkas kunci ini. Apakah berkasnya benar?")
    return str(error)


def refuse(sentence: str) -> NoReturn:
    """Say why on standard error and end with 1."""
    click.echo(sentence, err=True)
    raise click.exceptions.Exit(1)


def with_services(command: Callable[Concatenate[Services, P], R]) -> Callable[P, R]:
    """Give the command the services as its first argument, and close them afterwards."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        services: Services = build(Settings.from_env(), patient=True)
        try:
            return command(services, *args, **kwargs)
        finally:
            services.database.dispose()

    return run


def answer(value: object, lines: list[str], *, for_programs: bool) -> None:
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
