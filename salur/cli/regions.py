"""`python -m salur regions …`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from salur.cli.console import FILE, answer, as_json, refuse, with_services
from salur.cli.language import say, words
from salur.core.lists.kinds import Fault
from salur.intake.city.offices import read_offices
from salur.intake.city.spots import read_spots
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
        refuse("\n".join([*_faults(read.faults), say("Tidak ada yang ditulis.")]))
    count = services.offices.put(read.offices)
    answer({"offices": count}, [say("{jumlah} kantor dimuat.", jumlah=number(words(), count))], for_programs=as_json)


@regions.command("spots")
@click.argument("file", type=FILE)
@as_json
@with_services
def spots(services: Services, file: Path, as_json: bool) -> None:
    """Say where RW and RT lie (kelurahan or code, rw, rt, latitude, longitude), for plans of payment.

    Rows that are understood are taken; each other is named with its fault.
    """
    city = services.settings.city
    read = read_spots(file, city)
    services.spots.tell(None, read.spots)
    known = sum(where.rw is not None and where.rt is None for where in services.spots.within(city))
    told = {"rows": read.rows, "spots": len(read.spots), "faults": len(read.faults), "rw_known": known}
    lines = [
        *_faults(read.faults),
        say(
            "{baris} baris: {letak} letak disimpan, {salah} tidak dipakai. Letak {rw} RW diketahui.",
            baris=number(words(), read.rows), letak=number(words(), len(read.spots)),
            salah=number(words(), len(read.faults)), rw=number(words(), known),
        ),
    ]  # fmt: skip
    answer(told, lines, for_programs=as_json)


def _faults(faults: Iterable[Fault]) -> list[str]:
    return [
        say("Baris {baris}: {sebab}", baris=fault.row, sebab=explain_fault(fault.column, fault.code, words()))
        for fault in faults
    ]
