"""What a resident is told of his record: who looked, how, and what is kept. A role is named, never a person."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from salur.core.disclosures import Listing, Look, Record
from salur.words.language import Say, mark
from salur.words.offices import role

# Code of what is refused -> words.
DATA_SLIPS: Mapping[str, str] = MappingProxyType(
    {
        "key_expired": mark(
            "Demi keamanan, ini hanya bisa dibuka sebentar sesudah memeriksa. Periksa lagi nomor dan nama dulu."
        ),
    }
)
DOORS: Mapping[str, str] = MappingProxyType({"web": mark("situs Salur"), "bot": mark("Telegram")})
DEEDS: Mapping[str, str] = MappingProxyType(
    {
        "ask": mark("memeriksa nomor dan nama ini"),
        "list": mark("melihat daftar wilayahnya"),
        "search": mark("mencari di daftar wilayahnya"),
        "export": mark("mencetak atau menyimpan daftar wilayahnya"),
        "proposal": mark("memeriksa pengajuan tentang orang ini"),
        "history": mark("melihat catatan ini"),
    }
)
FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "nik": mark("NIK"),
        "kk": mark("nomor KK"),
        "name": mark("nama"),
        "head": mark("nama kepala keluarga"),
        "address": mark("alamat"),
    }
)


def who_looked(look: Look, say: Say) -> str:
    """`Ketua RT`, or whoever knew number and name."""
    return role(look.role, say) if look.role else say("Orang yang tahu nomor dan nama")


def what_was_done(look: Look, say: Say) -> str:
    """`melihat daftar wilayahnya`."""
    known = DEEDS.get(look.what)
    return say(known) if known else say("melihat data ini")


def by_door(look: Look, say: Say) -> str:
    """`situs Salur`."""
    return say(DOORS[look.door])


def how_often(look: Look, say: Say) -> str:
    """`3 kali`."""
    return say.plural("{n} kali", "{n} kali", look.times)


def kept_fields(record: Record, say: Say) -> str:
    """Which sealed fields there are: `NIK, nomor KK, nama, alamat`."""
    return ", ".join(say(FIELDS[code]) for code in record.fields)


def recorded_area(record: Record, say: Say) -> str:
    """`RT 003 RW 005, Kelurahan Tegal Gundil`, or that the list names no place."""
    numbers = [f"{label} {number:03}" for label, number in (("RT", record.rt), ("RW", record.rw)) if number is not None]
    parts = [" ".join(numbers)] if numbers else []
    if record.place:
        parts.append(record.place)
    return ", ".join(parts) or say("tidak ditulis di daftar")


def care(record: Record, say: Say) -> str:
    """Whether home delivery is noted."""
    return say("ya, dicatat") if record.care else say("tidak dicatat")


def listing(one: Listing, say: Say) -> str:
    """`Program Keluarga Harapan, Tahap 1 tahun 2026: SK 460/12/2026, Dinas Sosial, 12 Januari 2026`."""
    return say(
        "{program}, {periode}: {dasar}, {penerbit}, {tanggal}",
        program=one.programme,
        periode=say.period(one.period),
        dasar=one.decree,
        penerbit=one.issuer,
        tanggal=say.short_date(one.issued_on),
    )
