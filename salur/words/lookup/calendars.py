"""What stands in a calendar of a sitting: of when and where it is, what to bring, and nobody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from salur.core.following.answers import CalendarEntry
from salur.core.following.kinds import EntryKind
from salur.core.payouts.answers import PlaceKind, Sitting
from salur.words.language import N_, Say
from salur.words.lookup.answer import bring, bring_items, no_cuts
from salur.words.lookup.entitlement import if_later, own_hours, still_possible

# Code of what is refused -> words.
CALENDAR_SLIPS: Mapping[str, str] = MappingProxyType(
    {
        "calendars_enough": N_(
            "Hari ini sudah {most} kalender dibuat untuk jawaban itu, dan lebih banyak tidak bisa. Pakai yang sudah"
            " ada, atau coba lagi besok."
        ),
    }
)


def name(say: Say) -> str:
    """Of the calendar, as the phone lists it."""
    return say("Jadwal bantuan sosial")


def summary(sitting: Sitting, programme: str, say: Say) -> str:
    """The line that the calendar shows: `Ambil bantuan: Program Keluarga Harapan`."""
    if sitting.place.kind is PlaceKind.HOME:
        return say("Petugas datang ke rumah: {program}", program=programme)
    return say("Ambil bantuan: {program}", program=programme)


def called_off(told: str, say: Say) -> str:
    """The same of one that is not held, for calendars that show it all the same."""
    return say("DIBATALKAN: {acara}", acara=told)


def tomorrow(sitting: Sitting, say: Say) -> str:
    """What the phone says the day before."""
    if sitting.place.kind is PlaceKind.HOME:
        return say("Besok: petugas datang ke rumah")
    return say("Besok: ambil bantuan di {tempat}", tempat=sitting.place.name)


def when(sitting: Sitting, say: Say) -> str:
    """Day, hours and papers, of a sitting that everybody may look at."""
    return say("{hari}, {jam}. Bawa surat-surat asli.", hari=say.date(sitting.starts), jam=own_hours(sitting, say))


def told(entry: CalendarEntry, say: Say) -> Iterator[str]:
    """Under the line, sentence by sentence."""
    sitting = entry.sitting
    if entry.kind is EntryKind.CANCELLED:
        if sitting.place.kind is PlaceKind.HOME:
            yield say("Petugas *tidak jadi datang*. Ada tanggal baru? Kalender ini ikut berubah.")
        else:
            yield say("Jangan datang: ini *dibatalkan*. Ada tanggal baru? Kalender ini ikut berubah.")
        return
    yield say("{hari}, {jam}.", hari=say.date(sitting.starts), jam=own_hours(sitting, say))
    if entry.kind is EntryKind.MISSED:
        yield say("Sudah lewat.")
        yield still_possible(entry.post_office, entry.deadline, say)
        return
    yield if_later(sitting, say)
    if sitting.place.kind is PlaceKind.HOME:
        yield say("Siapkan") + ": " + ", ".join(bring_items(entry.bring, say)) + "."
    else:
        yield bring(entry.bring, say)
    yield no_cuts(say)


def from_salur(url: str, say: Say) -> str:
    """Whence it comes, and how it ends."""
    return say("Kalender ini dari Salur. Berhenti: {alamat}", alamat=url)
