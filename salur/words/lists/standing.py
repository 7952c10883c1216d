"""What operators read of a list that is there: its life so far."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo

from salur.core.lists.answers import ListSummary
from salur.core.lists.kinds import ListState
from salur.words.language import N_, Say
from salur.words.lists.counts import number

LIST_STATES: Mapping[ListState, str] = {
    ListState.DRAFT: N_("konsep"),
    ListState.PUBLISHED: N_("berlaku"),
    ListState.SUPERSEDED: N_("digantikan"),
    ListState.WITHDRAWN: N_("ditarik"),
}


def how_it_stands(summary: ListSummary, zone: tzinfo, say: Say) -> list[str]:
    """One list in full; times as the clocks of the city show them."""
    lines = [
        say(
            "Daftar {nomor}: {program}, {periode}, {keadaan}.",
            nomor=summary.id,
            program=summary.programme,
            periode=say.period(summary.period),
            keadaan=say(LIST_STATES[summary.state]),
        ),
        say(
            "Wilayah: {tempat}; cakupan: {cakupan}.",
            tempat=summary.area_name or summary.area or say("tidak diketahui"),
            cakupan=str(summary.coverage),
        ),
        say("Dasar: {dasar}, {tanggal}, {penerbit}.", dasar=summary.decree, tanggal=say.short_date(summary.issued_on),
            penerbit=summary.issuer),
        say(
            "{orang} orang, {ditolak} baris ditolak, {kesalahan} kesalahan.",
            orang=number(say, summary.people),
            ditolak=number(say, summary.refused),
            kesalahan=number(say, summary.faults),
        ),
        say("Diimpor {waktu}.", waktu=moment(summary.imported_at, zone, say)),
    ]  # fmt: skip
    if summary.part_of is not None:
        lines.append(say("Bagian dari daftar {nomor}.", nomor=summary.part_of))
    if summary.published_at is not None:
        lines.append(say("Diterbitkan {waktu}.", waktu=moment(summary.published_at, zone, say)))
    if summary.ended_at is not None:
        lines.append(say("Berakhir {waktu}.", waktu=moment(summary.ended_at, zone, say)))
    if summary.ended_why is not None:
        lines.append(say("Sebab: {sebab}", sebab=summary.ended_why))
    if summary.superseded_by is not None:
        lines.append(say("Digantikan oleh daftar {nomor}.", nomor=summary.superseded_by))
    return lines


def in_a_line(summary: ListSummary, say: Say) -> str:
    """One of many lists."""
    area = summary.area_name or summary.area or say("tidak diketahui")
    whole = say("bagian dari {nomor}", nomor=summary.part_of)
    part = f" ({whole})" if summary.part_of else ""
    counts = say(
        "{orang} orang, {kesalahan} kesalahan", orang=number(say, summary.people), kesalahan=number(say, summary.faults)
    )
    columns = f"{summary.programme:11} {summary.period:8} {area:20} {summary.coverage:9}"
    return f"{summary.id:>4}  {say(LIST_STATES[summary.state]):11}  {columns} {counts}{part}"


def moment(when: datetime, zone: tzinfo, say: Say) -> str:
    """A time as the clocks of the city show it."""
    local = when.astimezone(zone)
    return f"{say.short_date(local)} {say.clock(local)} {local.tzname() or ''}".rstrip()
