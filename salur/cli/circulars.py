"""`python -m salur circulars …`: reminders, for machines where no bot runs its own clock."""

from __future__ import annotations

import click

from salur.cli.console import answer, as_json, with_services
from salur.cli.language import say
from salur.wiring import Services


@click.group()
def circulars() -> None:
    """Circulars that travel down the levels."""


@circulars.command("remind")
@as_json
@with_services
def remind(services: Services, as_json: bool) -> None:
    """Queue a reminder for who has not read a circular after two days. The bot does this too; run it daily without."""
    count = services.circulars.remind()
    answer({"reminded": count}, [say("{jumlah} pengingat akan dikirim.", jumlah=count)], for_programs=as_json)
