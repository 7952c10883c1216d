"""`python -m salur purge`."""

from __future__ import annotations

import click

from salur.cli.console import answer, as_json, with_services
from salur.wiring import Services


@click.command()
@as_json
@with_services
def purge(services: Services, as_json: bool) -> None:
    """Delete what is past its time, most of it after 13 months: see docs/privacy.md. Run it daily."""
    purged = services.retention.purge()
    lines = [
        f"Deleted: {purged.tallies:,} tallies of tries, {purged.access_records:,} access records, "
        f"{purged.lists:,} lists, {purged.people:,} people on no list,",
        f"{purged.proposals:,} closed proposals with {purged.photos:,} photos, {purged.marks:,} marks, "
        f"{purged.notices:,} notices,",
        f"{purged.sign_ins:,} sign-ins, {purged.invitations:,} invitations, {purged.link_codes:,} link codes.",
    ]
    answer(purged, lines, for_programs=as_json)
