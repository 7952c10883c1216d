"""`python -m salur regions …`."""

from __future__ import annotations

from pathlib import Path

import click

from salur.cli.console import FILE, answer, as_json, refuse, with_services
from salur.cli.language import say, words
from salur.intake.offices import read_offices
from salur.wiring import Services
from salur.words.lists.counts import number
from salur.words.lists.faults import explain_fault


@click.group()
def regions() -> None:
    """Provinces, regencies, districts and villages."""


@regions.command("load")
@as_json
@with_services
def load(services: Services, as_json: bool) -> None:
    """Put the regions that come with Salur in the database."""
    count = services.regions.load()
    answer({"regions": count}, [say("{jumlah} wilayah dimuat.", jumlah=number(words(), count))], for_programs=as_json)


@regions.command("offices")
@click.argument("file", type=FILE)
@as_json
@with_services
def offices(services: Services, file: Path, as_json: bool) -> None:
    """Put the offices of kelurahan (kelurahan, alamat, telepon, jam buka) in place of those that were known.

    All of them or none: with one row that is not understood, nothing is written.
    """
    read = read_offices(file, services.settings.city)
    if read.faults:
        lines = [
            say("Baris {baris}: {sebab}", baris=fault.row, sebab=explain_fault(fault.column, fault.code, words()))
            for fault in read.faults
        ]
        refuse("\n".join([*lines, say("Tidak ada yang ditulis.")]))
    count = services.offices.put(read.offices)
    answer({"offices": count}, [say("{jumlah} kantor dimuat.", jumlah=number(words(), count))], for_programs=as_json)
