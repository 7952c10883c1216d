"""`python -m salur bot`."""

from __future__ import annotations

import click

from salur.cli.console import with_services
from salur.wiring import Services


@click.command()
@with_services
def bot(services: Services) -> None:
    """Run the Telegram bot until stopped."""
    from salur.bot.app import run

    run(services)
