"""What heads read about their neighbourhood's list. Facts of a list, never a judgement of the people on it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType

from salur.core.names.parts import plain_words
from salur.core.neighbourhood.answers import Filter, Line, LineState, Sort
from salur.core.officers.roles import Officer
from salur.core.payouts.answers import Channel, PlaceKind
from salur.words.language import N_, Say, parts
from salur.words.lookup.answer import channel
from salur.words.lookup.entitlement import moved as changed
from salur.words.lookup.entitlement import own_hours
from salur.words.officers.offices import office

STATES: Mapping[LineState, str] = MappingProxyType(
    {
        LineState.DUE: N_("Belum dibayar"),
        LineState.PAID: N_("Sudah dibayar"),
        LineState.RETURNED: N_("Dikembalikan"),
        LineState.FAILED: N_("Gagal dibayar"),
        LineState.SUSPENDED: N_("Dihentikan sementara"),
        LineState.UNCLEAR: N_("Mungkin masih terdaftar"),
        LineState.TAKEN_OFF: N_("Tidak di daftar lagi"),
    }
)
# What a sign before the words helps to tell at a glance.
SIGNS: Mapping[LineState, str] = MappingProxyType(
    {
        LineState.DUE: "○",
        LineState.PAID: "✓",
        LineState.RETURNED: "↩",
        LineState.FAILED: "!",
        LineState.SUSPENDED: "❚❚",
        LineState.UNCLEAR: "?",
        LineState.TAKEN_OFF: "✕",
    }
)
SORTS: Mapping[Sort, str] = MappingProxyType(
    {
        Sort.RT: N_("RT"),
        Sort.NAME: N_("Nama"),
        Sort.DATE: N_("Pengambilan"),
        Sort.STATE: N_("Keadaan"),
    }
)


def state(which: LineState, say: Say) -> str:
    """`Sudah dibayar`."""
    return say(STATES[which])


def sign(which: LineState) -> str:
    """The sign of a state; it never stands alone."""
    return SIGNS[which]


def waiting(say: Say) -> str:
    """What those are called who did not come, or whose money went back or was not paid."""
    return say("Belum diambil")


def sort(which: Sort, say: Say) -> str:
    """What a list is sorted by."""
    return say(SORTS[which])


def when(line: Line, say: Say) -> str:
    """Day and hours of the next sitting, or what stands in its place; empty where there is none to say."""
    if line.next_sitting:
        return say("{hari}, {jam}", hari=say.date(line.next_sitting.starts), jam=own_hours(line.next_sitting, say))
    if line.missed_sitting:
        return say("{hari}: sudah lewat", hari=say.date(line.missed_sitting.starts))
    if line.state in (LineState.PAID, LineState.RETURNED, LineState.FAILED):
        return say.short_date(line.paid_on) if line.paid_on else ""
    if line.state in (LineState.TAKEN_OFF, LineState.UNCLEAR):
        return say("Terakhir di {periode}", periode=say.period(line.last_listed)) if line.last_listed else ""
    if line.state is LineState.SUSPENDED:
        return ""
    if line.channel is Channel.BANK_CARD:
        told = channel(line.channel, say) or ""
        return told[:1].upper() + told[1:]
    return say("Tanggal belum ditetapkan")


def day(line: Line) -> date | None:
    """The day that `when` speaks of; None where it names none."""
    if sitting := line.next_sitting or line.missed_sitting:
        return sitting.starts.date()
    return line.paid_on if line.state in (LineState.PAID, LineState.RETURNED, LineState.FAILED) else None


def besides_day(line: Line, say: Say) -> str:
    """What `when` says besides the day, where that stands by itself: the hours and what changed, or that it is over."""
    if line.next_sitting:
        return " · ".join(part for part in (own_hours(line.next_sitting, say), moved(line, say)) if part)
    if line.missed_sitting:
        return say("sudah lewat")
    return "" if day(line) else when(line, say)


def where(line: Line, say: Say) -> str:
    """The place of the sitting that `when` speaks of, or why it is not certain; empty where there is nothing to say."""
    if line.state is LineState.UNCLEAR:
        return say("Ada baris di daftar baru yang NIK, KK, atau namanya tidak terbaca atau tidak cocok")
    sitting = line.next_sitting or line.missed_sitting
    if sitting is None:
        return ""
    return say("Diantar ke rumah") if sitting.place.kind is PlaceKind.HOME else sitting.place.name


def number(value: int | None, say: Say) -> str:
    """An RT or RW as it is printed, `003`."""
    return say("tidak tercatat") if value is None else f"{value:03}"


def born(birth_year: int | None, say: Say) -> str:
    """The year of birth that the NIK tells, `1985`."""
    return str(birth_year) if birth_year else say("tidak tercatat")


def chips(filter: Filter, say: Say) -> tuple[tuple[str, str], ...]:
    """What narrows the list now: name of the field and what it says, one by one to be taken away."""
    told = [
        ("rw", say("RW {nomor}", nomor=f"{filter.rw:03}") if filter.rw else ""),
        ("rt", say("RT {nomor}", nomor=f"{filter.rt:03}") if filter.rt else ""),
        ("program", filter.programme or ""),
        ("keadaan", waiting(say) if filter.not_collected else state(filter.state, say) if filter.state else ""),
        ("antar", say("Perlu diantar ke rumah") if filter.home_delivery else ""),
        ("nama", say("Nama: {nama}", nama=filter.name) if filter.name else ""),
    ]
    return tuple((field, words) for field, words in told if words)


def made_by(officer: Officer, made_at: datetime, say: Say) -> str:
    """Who made a copy of a list, and when."""
    return say(
        "Dibuat oleh {akun} ({jabatan}) pada {hari}, pukul {jam} {zona}.",
        akun=officer.username,
        jabatan=office(officer.role, officer.territory, officer.region_name, say),
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


def moved(line: Line, say: Say) -> str:
    """What changed against the sitting that the next one replaced; empty where nothing did."""
    told = changed(line.next_sitting, say) if line.next_sitting else None
    return "".join(piece for piece, _ in parts(told or ""))
