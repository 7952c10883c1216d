"""The record of who did what."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from salur.core.chronicle.answers import Entry
from salur.core.lists.kinds import ListEvent
from salur.core.officers.roles import Role
from salur.core.record.kinds import RecordKind
from salur.core.settings.kinds import Setting
from salur.words.language import N_, Say
from salur.words.lists.uploads import EVENTS
from salur.words.officers.offices import area, office
from salur.words.officers.offices import role as role_words
from salur.words.officers.settings import label as setting_label
from salur.words.privacy import DEEDS

KINDS: Mapping[RecordKind, str] = MappingProxyType(
    {
        RecordKind.LISTS: N_("Daftar penerima"),
        RecordKind.PAYMENTS: N_("Pembayaran"),
        RecordKind.SCHEDULES: N_("Jadwal"),
        RecordKind.PLACES: N_("Tempat"),
        RecordKind.PROGRAMMES: N_("Program"),
        RecordKind.ACCOUNTS: N_("Akun"),
        RecordKind.SETTINGS: N_("Pengaturan"),
        RecordKind.CIRCULARS: N_("Edaran"),
        RecordKind.PROPOSALS: N_("Pengajuan"),
        RecordKind.LINES: N_("Daftar tunggu"),
        RecordKind.MARKS: N_("Tanda"),
        RecordKind.DOUBLES: N_("Data ganda"),
        RecordKind.FIGURES: N_("Angka wilayah"),
        RecordKind.LETTERS: N_("Surat"),
        RecordKind.OPENED: N_("Data warga yang dibuka"),
    }
)
WHAT: Mapping[tuple[RecordKind, str], str] = MappingProxyType(
    {
        (RecordKind.PAYMENTS, "imported"): N_("Hasil bayar diunggah"),
        (RecordKind.PAYMENTS, "published"): N_("Hasil bayar diterbitkan"),
        (RecordKind.PAYMENTS, "undone"): N_("Hasil bayar dibatalkan"),
        (RecordKind.SCHEDULES, "imported"): N_("Jadwal diunggah"),
        (RecordKind.SCHEDULES, "published"): N_("Jadwal diterbitkan"),
        (RecordKind.SCHEDULES, "undone"): N_("Jadwal dibatalkan"),
        (RecordKind.PLACES, "added"): N_("Tempat ditambahkan"),
        (RecordKind.PLACES, "changed"): N_("Tempat diubah"),
        (RecordKind.PLACES, "by_schedule"): N_("Tempat diubah oleh jadwal"),
        (RecordKind.PLACES, "merged"): N_("Tempat digabung dengan yang lain"),
        (RecordKind.PLACES, "different"): N_("Dua tempat dinyatakan berbeda"),
        (RecordKind.PLACES, "undone"): N_("Perubahan tempat dibatalkan"),
        (RecordKind.PROGRAMMES, "added"): N_("Program ditambahkan"),
        (RecordKind.PROGRAMMES, "renamed"): N_("Nama program diubah"),
        (RecordKind.PROGRAMMES, "words"): N_("Keterangan program diubah"),
        (RecordKind.PROGRAMMES, "excludes"): N_("Dinyatakan tidak boleh rangkap"),
        (RecordKind.PROGRAMMES, "both_allowed"): N_("Dinyatakan boleh rangkap"),
        (RecordKind.PROGRAMMES, "taken_back"): N_("Pernyataan tentang rangkap dicabut"),
        (RecordKind.ACCOUNTS, "invited"): N_("Undangan dibuat"),
        (RecordKind.ACCOUNTS, "withdrawn"): N_("Undangan dibatalkan"),
        (RecordKind.ACCOUNTS, "opened"): N_("Akun dibuka dengan undangan"),
        (RecordKind.ACCOUNTS, "reset"): N_("Kode kata sandi baru dibuat"),
        (RecordKind.ACCOUNTS, "closed"): N_("Akun ditutup"),
        (RecordKind.ACCOUNTS, "ended"): N_("Akun ditutup karena masa tugasnya selesai"),
        (RecordKind.ACCOUNTS, "term"): N_("Masa tugas diubah"),
        (RecordKind.CIRCULARS, "sent"): N_("Edaran dikirim"),
        (RecordKind.CIRCULARS, "withdrawn"): N_("Edaran ditarik"),
        (RecordKind.PROPOSALS, "sent"): N_("Dikirim warga"),
        (RecordKind.PROPOSALS, "joined"): N_("Kiriman kedua digabung"),
        (RecordKind.PROPOSALS, "accepted"): N_("Disetujui"),
        (RecordKind.PROPOSALS, "rejected"): N_("Tidak disetujui"),
        (RecordKind.PROPOSALS, "asked"): N_("Ditanyakan kepada pengirim"),
        (RecordKind.PROPOSALS, "answered"): N_("Dijawab pengirim"),
        (RecordKind.PROPOSALS, "forwarded"): N_("Diteruskan"),
        (RecordKind.PROPOSALS, "returned"): N_("Dikembalikan ke tingkat di bawah"),
        (RecordKind.PROPOSALS, "taken_up"): N_("Diambil alih"),
        (RecordKind.PROPOSALS, "objected"): N_("Pengirim keberatan"),
        (RecordKind.PROPOSALS, "granted"): N_("Terpenuhi oleh daftar baru"),
        (RecordKind.PROPOSALS, "undone"): N_("Langkah dibatalkan"),
        (RecordKind.LINES, "quota"): N_("Kuota ditetapkan"),
        (RecordKind.LINES, "chosen"): N_("Dipilih untuk tempat kosong"),
        (RecordKind.LINES, "skipped"): N_("Dilewati di daftar tunggu"),
        (RecordKind.LINES, "back"): N_("Dikembalikan ke daftar tunggu"),
        (RecordKind.MARKS, "made"): N_("Tanda dibuat"),
        (RecordKind.MARKS, "taken_back"): N_("Tanda dicabut"),
        (RecordKind.MARKS, "confirmed"): N_("Tanda dibenarkan"),
        (RecordKind.MARKS, "handled"): N_("Tanda selesai ditangani"),
        (RecordKind.DOUBLES, "checked"): N_("Data ganda sudah diperiksa"),
        (RecordKind.DOUBLES, "taken_back"): N_("Pemeriksaan data ganda dicabut"),
        (RecordKind.FIGURES, "taken_away"): N_("Angka wilayah diunduh"),
        (RecordKind.LETTERS, "printed"): N_("Surat dicetak"),
        (RecordKind.LETTERS, "fetched"): N_("Berkas surat diunduh"),
        (RecordKind.LETTERS, "withdrawn"): N_("Surat ditarik"),
        (RecordKind.LETTERS, "printed_one"): N_("Satu surat dicetak lagi"),
        (RecordKind.LETTERS, "handed"): N_("Surat diserahkan"),
        (RecordKind.LETTERS, "not_handed"): N_("Penyerahan surat dibatalkan"),
        (RecordKind.LETTERS, "printed_own"): N_("Surat milik satu keluarga dicetak"),
    }
)


def kind(which: RecordKind, say: Say) -> str:
    """`Daftar penerima`."""
    return say(KINDS[which])


def what(entry: Entry, say: Say) -> str:
    """What was done; for a code that nobody knows any more its kind."""
    if entry.kind is RecordKind.LISTS and entry.what in set(ListEvent):
        done = say(EVENTS[ListEvent(entry.what)], nomor=entry.facts.get("other", ""))
        return say("Daftar {nomor}: {kejadian}", nomor=entry.subject, kejadian=done)
    if entry.kind is RecordKind.SETTINGS and entry.what in set(Setting):
        return setting_label(Setting(entry.what), say)
    if entry.kind is RecordKind.OPENED:
        done = say(DEEDS[entry.what]) if entry.what in DEEDS else say("melihat data")
        return say.plural("{apa}: {n} orang", "{apa}: {n} orang", entry.count, apa=done)
    known = WHAT.get((entry.kind, entry.what))
    return say(known) if known else kind(entry.kind, say)


def more(entry: Entry, say: Say) -> str:
    """Whom or what it was about, as far as that may be told."""
    told = [entry.told] if entry.told else []
    for name, value in entry.facts.items():
        if name == "other":
            continue  # it stands in `what`
        told.append(role_words(Role(value), say) if name == "role" and value in set(Role) else str(value))
    return ", ".join(told)


def who(entry: Entry, say: Say) -> str:
    """The office; the account's name only where it may be told."""
    if entry.role is None:
        return say("komputer kantor") if entry.kind is not RecordKind.PROPOSALS else say("warga atau daftar baru")
    if entry.office is None:
        return role_words(entry.role, say)
    named = office(entry.role, entry.office, entry.office_name, say)
    return f"{named} ({entry.username})" if entry.username else named


def where(entry: Entry) -> str:
    """`RT 003 RW 005, Tegal Gundil`."""
    return area(entry.where, entry.where_name)
