"""What heads read about their neighbourhood's list. Facts of a list, never a judgement of the people on it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from salur.core.answers import Channel, Payout, PlaceKind
from salur.core.name_parts import plain_words
from salur.core.neighbourhood_answers import Filter, Line, LineState, Sort
from salur.core.roles import Officer
from salur.words.answer import channel
from salur.words.language import Say, mark
from salur.words.offices import office

STATES: Mapping[LineState, str] = MappingProxyType(
    {
        LineState.DUE: mark("Belum dibayar"),
        LineState.PAID: mark("Sudah dibayar"),
        LineState.RETURNED: mark("Dikembalikan"),
        LineState.SUSPENDED: mark("Dihentikan sementara"),
        LineState.TAKEN_OFF: mark("Tidak di daftar lagi"),
    }
)
# What a sign before the words helps to tell at a glance.
SIGNS: Mapping[LineState, str] = MappingProxyType(
    {
        LineState.DUE: "○",
        LineState.PAID: "✓",
        LineState.RETURNED: "↩",
        LineState.SUSPENDED: "❚❚",
        LineState.TAKEN_OFF: "✕",
    }
)
SORTS: Mapping[Sort, str] = MappingProxyType(
    {
        Sort.RT: mark("RT"),
        Sort.NAME: mark("Nama"),
        Sort.DATE: mark("Pengambilan"),
        Sort.STATE: mark("Keadaan"),
    }
)


def state(which: LineState, say: Say) -> str:
    """`Sudah dibayar`."""
    return say(STATES[which])


def sign(which: LineState) -> str:
    """The sign of a state; it never stands alone."""
    return SIGNS[which]


def waiting(say: Say) -> str:
    """What those are called who did not come, or whose money went back."""
    return say("Belum diambil")


def sort(which: Sort, say: Say) -> str:
    """What a list is sorted by."""
    return say(SORTS[which])


def when(line: Line, say: Say) -> str:
    """Day and hours of the next payout, or what stands in its place; empty where there is none to say."""
    if line.next_payout:
        return say("{hari}, {jam}", hari=say.date(line.next_payout.starts), jam=_hours(line.next_payout, say))
    if line.missed_payout:
        return say("{hari}: sudah lewat", hari=say.date(line.missed_payout.starts))
    if line.state in (LineState.PAID, LineState.RETURNED):
        return say.short_date(line.paid_on) if line.paid_on else ""
    if line.state is LineState.TAKEN_OFF:
        return say("Terakhir di {periode}", periode=say.period(line.last_listed)) if line.last_listed else ""
    if line.state is LineState.SUSPENDED:
        return ""
    if line.channel is Channel.BANK_CARD:
        told = channel(line.channel, say) or ""
        return told[:1].upper() + told[1:]
    return say("Tanggal belum ditetapkan")


def where(line: Line, say: Say) -> str:
    """The place of the payout that `when` speaks of; empty without one."""
    payout = line.next_payout or line.missed_payout
    if payout is None:
        return ""
    return say("Diantar ke rumah") if payout.place.kind is PlaceKind.HOME else payout.place.name


def number(value: int | None, say: Say) -> str:
    """An RT or RW as it is printed, `003`."""
    return say("tidak tercatat") if value is None else f"{value:03}"


def ending(line: Line, say: Say) -> str:
    """The end of the NIK, `… 4711`."""
    return f"… {line.last_four}" if line.last_four else say("tidak ada")


def chips(filter: Filter, say: Say) -> tuple[tuple[str, str], ...]:
    """What narrows the list now: name of the field and what it says, one by one to be taken away."""
    told = [
        ("rw", say("RW {nomor}", nomor=f"{filter.rw:03}") if filter.rw else ""),
        ("rt", say("RT {nomor}", nomor=f"{filter.rt:03}") if filter.rt else ""),
        ("program", filter.programme or ""),
        ("keadaan", waiting(say) if filter.not_collected else state(filter.state, say) if filter.state else ""),
        ("antar", say("Perlu diantar ke rumah") if filter.home_delivery else ""),
        ("nama", say("Nama: {nama}", nama=filter.name) if filter.is_search else ""),
    ]
    return tuple((field, words) for field, words in told if words)


def made_by(officer: Officer, made_at: datetime, say: Say) -> str:
    """Who made a copy of a list, and when."""
    return say(
        "Dibuat oleh {akun} ({jabatan}) pada {hari}, pukul {jam} {zona}.",
        akun=officer.username,
        jabatan=office(officer.role, officer.territory, officer.place, say),
        hari=say.date(made_at),
        jam=say.clock(made_at),
        zona=made_at.tzname() or "",
    )


def not_to_be_shared(say: Say) -> str:
    """What stands on every copy of a list."""
    return say(
        "*Jangan dibagikan.* Isinya data pribadi warga (UU 27/2022)."
        " Jangan difoto, jangan dikirim ke grup, jangan ditempel. Musnahkan sesudah dipakai."
    )


def short_name(name: str) -> str:
    """`Siti M.` of SITI MAESAROH: enough for who knows the neighbours, and no more."""
    words = plain_words(name) or name.upper().split()
    full = next((i for i, word in enumerate(words) if len(word) > 1), 0)
    return " ".join(word.capitalize() if i == full else f"{word[:1]}." for i, word in enumerate(words))


def _hours(payout: Payout, say: Say) -> str:
    return say.hours(payout.starts, payout.ends)
