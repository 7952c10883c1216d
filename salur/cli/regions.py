"""`python -m salur regions …`."""

from __future__ import annotations

import click

from salur.cli.console import answer, as_json, with_services
from salur.wiring import Services


@click.group()
def regions() -> None:
    """Provinces, regencies, districts and villages."""


@regions.command("load")
@as_json
@with_services
def load(services: Services, as_json: bool) -> None:
    """Put the regions that come with Salur in the database."""
    count = services.regions.load()
    answer({"regions": count}, [f"{count:,} regions loaded."], for_programs=as_json)
