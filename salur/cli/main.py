"""All commands under one name. Exit codes: 0 done, 1 refused, 2 wrong usage."""

from __future__ import annotations

import click

from salur.cli.accounts import accounts
from salur.cli.backup import backup, restore, verify
from salur.cli.bot import bot
from salur.cli.circulars import circulars
from salur.cli.console import Refusing
from salur.cli.keys import keys
from salur.cli.language import offer_languages
from salur.cli.lists import lists
from salur.cli.metrics import metrics
from salur.cli.payments import payments
from salur.cli.programmes import programmes
from salur.cli.purge import purge
from salur.cli.regions import regions
from salur.cli.sample import sample
from salur.cli.schedule import schedule
from salur.cli.send import send
from salur.cli.serve import serve
from salur.cli.setup import setup
from salur.cli.work import work


@click.group(cls=Refusing, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Salur: lists, schedules, accounts, keys, the site and the bot."""


for command in (
    accounts,
    backup,
    bot,
    circulars,
    keys,
    lists,
    metrics,
    payments,
    programmes,
    purge,
    regions,
    restore,
    sample,
    schedule,
    send,
    serve,
    setup,
    verify,
    work,
):
    main.add_command(command)
offer_languages(main)
