"""`python -m salur purge`."""

from __future__ import annotations

import click

from salur.cli.console import answer, as_json, with_services
from salur.wiring import Services


@click.command()
@as_json
@with_services
def purge(services: Services, as_json: bool) -> None:
    """Delete what is past its time: spent tries, and lists and access records older than 13 months. Run it daily."""
    purged = services.retention.purge()
    lines = [
        f"Deleted: {purged.tallies:,} tallies of tries, {purged.access_records:,} access records, "
        f"{purged.lists:,} lists, {purged.people:,} people on no list."
    ]
    answer(purged, lines, for_programs=as_json)
