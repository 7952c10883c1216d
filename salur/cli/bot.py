"""`python -m salur bot`."""

from __future__ import annotations

import runpy

import click


@click.command()
def bot() -> None:
    """Run the Telegram bot until stopped; the same as `python -m salur.bot`."""
    runpy.run_module("salur.bot", run_name="__main__")
