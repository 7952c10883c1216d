"""What stands on the list with which a head hands letters out and has their receipt signed."""

from __future__ import annotations

from collections.abc import Sequence

from salur.core.letters.answers import Stop, WalkingList
from salur.core.regions.territory import Territory
from salur.words.language import Say
from salur.words.officers.offices import area


def title(say: Say) -> str:
    """What it is."""
    return say("Daftar membagikan surat")


def where(walk: WalkingList, say: Say) -> str:
    """`RW 005 Tegal Gundil`, by what the officer answers for."""
    return area(walk.area, walk.place)


def stage(walk: WalkingList, say: Say) -> str:
    """`Program Keluarga Harapan, Tahap 1 tahun 2026`."""
    return f"{walk.programme}, {say.period(walk.period)}"


def header(say: Say) -> Sequence[str]:
    """The columns."""
    return (say("No."), say("Nama"), say("Alamat"), say("Giliran"), say("Nomor surat"), say("Tanda tangan"))


def part(walk: WalkingList, rw: int | None, rt: int | None, say: Say) -> str:
    """`RT 003 RW 005 Tegal Gundil`, over the rows of an RT."""
    return area(Territory(walk.area.region_code, rw, rt if rw is not None else None), walk.place)


def turn(stop: Stop, say: Say) -> tuple[str, str]:
    """`24 Februari` and `09.00–09.30`; at home that, and empty where there is no day."""
    if stop.window is None:
        return ("", "")
    starts, ends = stop.window
    day = say.day_and_month(starts)
    return (day, say("diantar ke rumah")) if stop.home else (day, f"{say.clock(starts)}–{say.clock(ends)}")


def how_many(walk: WalkingList, say: Say) -> str:
    """`36 surat`."""
    return say.plural("{n} surat", "{n} surat", len(walk.stops))


def received(say: Say) -> str:
    """What a signature says, and what it does not."""
    return say("Tanda tangan hanya berarti: surat sudah diterima. *Surat ini gratis.*")


def made(walk: WalkingList, say: Say) -> str:
    """Which office made it, and when."""
    return say(
        "Dibuat oleh {jabatan} pada {hari}, pukul {jam} {zona}.",
        jabatan=walk.made_by,
        hari=say.date(walk.made_at),
        jam=say.clock(walk.made_at),
        zona=walk.made_at.tzname() or "",
    )
