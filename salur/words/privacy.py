"""What a resident is told of their record: who looked, how, and what is kept. A role is named, never a person."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from salur.core.following.answers import Followers
from salur.core.limits.kinds import Door
from salur.core.privacy.answers import Listing, Look, Record
from salur.words.language import N_, Say
from salur.words.officers.offices import role

# Code of what is refused -> words.
DATA_SLIPS: Mapping[str, str] = MappingProxyType(
    {
        "key_expired": N_(
            "Demi keamanan, ini hanya bisa dibuka sebentar sesudah memeriksa. Periksa lagi nomor dan nama dulu."
        ),
    }
)
DOORS: Mapping[Door, str] = MappingProxyType(
    {Door.SITE: N_("situs Salur"), Door.CHAT: N_("Telegram"), Door.CONSOLE: N_("komputer Dinas Sosial")}
)
DEEDS: Mapping[str, str] = MappingProxyType(
    {
        "ask": N_("memeriksa nomor dan nama ini"),
        "list": N_("melihat daftar wilayahnya"),
        "search": N_("mencari di daftar wilayahnya"),
        "export": N_("mencetak atau menyimpan daftar wilayahnya"),
        "proposal": N_("memeriksa pengajuan tentang orang ini"),
        "desk": N_("memeriksa nomor dan nama ini di loket"),
        "reopened": N_("membuka lagi nomor yang tertutup, di loket"),
        "dossier": N_("membuka semua data tentang orang ini"),
        "proposals": N_("menyimpan daftar pengajuan, juga tentang orang ini"),
        "waiting": N_("melihat urutan tunggu, juga usulan tentang orang ini"),
        "letter": N_("mencetak surat untuk orang ini"),
        "handed": N_("mencatat bahwa surat untuk orang ini sudah diserahkan"),
        "not_handed": N_("membatalkan catatan bahwa suratnya sudah diserahkan"),
        "scan": N_("memindai kode di surat orang ini"),
        "history": N_("melihat catatan ini"),
        "follow": N_("minta dikabari di Telegram kalau ada yang berubah"),
        "follow_push": N_("minta dikabari di HP kalau ada yang berubah"),
        "follow_calendar": N_("membuat kalender yang ikut berubah dengan jadwalnya"),
        "follow_end": N_("menghentikan semua kabar tentang orang ini"),
    }
)
FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "nik": N_("NIK"),
        "kk": N_("nomor KK"),
        "name": N_("nama"),
        "head": N_("nama kepala keluarga"),
        "address": N_("alamat"),
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


def told_of_changes(followers: Followers, say: Say) -> str:
    """`2 obrolan Telegram, 1 HP, 1 kalender; yang pertama sejak 20 Februari 2026.`; or that there is nobody."""
    if followers.since is None:
        return say("Tidak ada yang minta dikabari kalau bantuan ini berubah.")
    ways = (
        (followers.chats, say.plural("{n} obrolan Telegram", "{n} obrolan Telegram", followers.chats)),
        (followers.phones, say.plural("{n} HP", "{n} HP", followers.phones)),
        (followers.calendars, say.plural("{n} kalender", "{n} kalender", followers.calendars)),
    )
    told = ", ".join(way for count, way in ways if count)
    since = say.short_date(followers.since.astimezone(followers.zone).date())
    return say(
        "Bantuan ini berubah? Yang dikabari: *{siapa}*. Yang pertama sejak {tanggal}.", siapa=told, tanggal=since
    )


def who_they_are(say: Say) -> str:
    """Of whoever is told: that nobody knows, and what ending it does and does not."""
    return say(
        "Salur tidak tahu siapa mereka: mungkin Anda sendiri atau keluarga. Dihentikan? Semuanya berhenti, dan"
        " obrolan dan HP itu diberi tahu. Siapa yang tahu nomor dan nama tetap bisa cek sendiri, dan bisa minta"
        " dikabari lagi."
    )


def told_no_more(count: int, say: Say) -> str:
    """They were ended."""
    return say("Yang tadi dikabari: {n}. Sekarang tidak ada lagi.", n=count)


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
