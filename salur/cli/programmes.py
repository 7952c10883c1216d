"""`python -m salur programmes …`."""

from __future__ import annotations

from dataclasses import asdict

import click

from salur.cli.console import answer, as_json, with_services
from salur.cli.language import say
from salur.wiring import Services


@click.group()
def programmes() -> None:
    """The kinds of aid: PKH, SEMBAKO, …"""


@programmes.command("load")
@as_json
@with_services
def load(services: Services, as_json: bool) -> None:
    """Put the programmes that Salur knows in the database; what an office added is kept."""
    count = services.programmes.load()
    answer({"programmes": count}, [say("{jumlah} program dimuat.", jumlah=count)], for_programs=as_json)


@programmes.command("show")
@as_json
@with_services
def show(services: Services, as_json: bool) -> None:
    """List the programmes."""
    known = services.programmes.all()
    answer([asdict(p) for p in known], [f"{p.code:12} {p.name}" for p in known], for_programs=as_json)
