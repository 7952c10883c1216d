"""Proposals in the words of those who send them: what to choose, what became of it, who has it now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from types import MappingProxyType
from typing import Any

from salur.core.proposal_answers import PlaceNames, Status, StatusStep
from salur.core.proposal_steps import NEEDS_WORDS, Holder, Kind, Outcome, Step
from salur.core.ticket_codes import TicketCode
from salur.words.inbox import reason_for_no
from salur.words.language import Say, mark

# Code of what is refused -> words.
PROPOSAL_SLIPS: Mapping[str, str] = MappingProxyType(
    {
        "ticket_length": mark("Kode tiket punya 12 huruf dan angka, tiga kelompok berisi empat. Periksa lagi."),
        "ticket_letter": mark("Ada tanda yang tidak ada di kode tiket kami. Isinya hanya huruf A sampai Z dan angka."),
        "ticket_check": mark("Ada satu huruf atau angka yang salah di kode ini. Periksa lagi pelan-pelan."),
        "digits_missing": mark("Ketik empat angka terakhir saja."),
        "photo_too_large": mark("Satu foto paling besar 5 MB. Pilih foto lain, atau kirim tanpa foto."),
        "photo_not_a_photo": mark(
            "Itu bukan foto yang bisa kami buka. Pilih foto dari kamera HP (JPEG, PNG, atau WebP)."
        ),
        "photo_damaged": mark("Foto itu rusak atau belum terkirim utuh. Pilih lagi, atau kirim tanpa foto."),
        "photo_too_many_pixels": mark("Foto itu terlalu besar untuk dibuka. Pilih foto lain, atau kirim tanpa foto."),
        "too_many_photos": mark("Paling banyak 3 foto."),
        "not_asked": mark("Tidak ada pertanyaan yang menunggu jawaban Anda. Mungkin sudah dijawab."),
        "no_objection": mark(
            "Keberatan tidak bisa dikirim lagi: waktunya 14 hari, dan satu kali untuk setiap penolakan."
        ),
        "nik_or_reason": mark("Ketik NIK. Belum punya? Pilih alasannya di bawah."),
        "rw_missing": mark("Isi juga nomor RW-nya, atau kosongkan keduanya."),
        "words_missing": mark("Tulis dulu dengan kata-kata Anda sendiri."),
        "words_too_long": mark("Tulisannya terlalu panjang. Paling banyak 1.000 huruf."),
        "village_missing": mark("Pilih kelurahan tempat tinggalnya."),
        "rt_number": mark("RT: ketik nomornya saja, misalnya 3."),
        "rw_number": mark("RW: ketik nomornya saja, misalnya 5."),
        "phone_wrong": mark("Nomor HP hanya berisi angka, misalnya 0812 3456 7890. Boleh dikosongkan."),
    }
)
# Where it is, as it stands within a sentence. The office is named, never a person.
OFFICES: Mapping[Holder, str] = MappingProxyType(
    {
        Holder.NEIGHBOURHOOD: mark("RT/RW"),
        Holder.KELURAHAN: mark("kelurahan"),
        Holder.KECAMATAN: mark("kecamatan"),
        Holder.DINSOS: mark("Dinas Sosial"),
        Holder.SENDER: mark("Anda"),
    }
)
THESE: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.USULAN: mark("Usulan ini"),
        Kind.SANGGAH: mark("Sanggahan ini"),
        Kind.KOREKSI: mark("Permintaan perbaikan ini"),
        Kind.LAPORAN: mark("Laporan ini"),
    }
)
AT_THE_END: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.USULAN: mark("Usulan ini *disetujui*. Sekarang menunggu daftar penerima yang baru."),
        Kind.SANGGAH: mark("Sanggahan ini *diterima*."),
        Kind.KOREKSI: mark("Permintaan perbaikan ini *diterima*. Data yang benar dipakai di daftar berikutnya."),
        Kind.LAPORAN: mark("Laporan ini *sudah ditindaklanjuti* Dinas Sosial."),
    }
)
WITHOUT_NIK: Mapping[str, str] = MappingProxyType(
    {
        "newborn": mark("Bayi, belum didaftarkan"),
        "never_recorded": mark("Belum pernah didata"),
        "lost_papers": mark("Surat-suratnya hilang"),
        "other": mark("Alasan lain"),
    }
)
# Whom a report is about: a role, so that nobody has to write a name.
REPORTED: Mapping[str, str] = MappingProxyType(
    {
        "rt": mark("RT"),
        "rw": mark("RW"),
        "kelurahan": mark("Petugas kelurahan"),
        "kecamatan": mark("Petugas kecamatan"),
        "payout": mark("Petugas pembayaran atau kantor pos"),
        "companion": mark("Pendamping program"),
        "other": mark("Orang lain"),
        "unknown": mark("Tidak tahu"),
    }
)
OTHER = mark("Alasan lain")
# What happened, for the line of a step: with who took it, and where it went.
STEPS: Mapping[Step, str] = MappingProxyType(
    {
        Step.SENT: mark("Kami terima. Diteruskan ke {tujuan}."),
        Step.JOINED: mark("Dipindahkan ke {tujuan}."),
        Step.ACCEPTED: mark("Disetujui {kantor}. Diteruskan ke {tujuan}."),
        Step.REJECTED: mark("Tidak disetujui {kantor}."),
        Step.ASKED: mark("Ada pertanyaan dari {kantor} untuk Anda."),
        Step.ANSWERED: mark("Pertanyaan sudah dijawab."),
        Step.FORWARDED: mark("Diteruskan {kantor} ke {tujuan}."),
        Step.RETURNED: mark("Ditanyakan {kantor} ke {tujuan}."),
        Step.TAKEN_UP: mark("Diambil alih {kantor}."),
        Step.OBJECTED: mark("Keberatan kami terima. Diteruskan ke {tujuan}."),
        Step.GRANTED: mark("Namanya ada di daftar penerima yang baru."),
    }
)


def office_of(holder: Holder, say: Say, place: PlaceNames | None = None) -> str:
    """`RT/RW`, `kelurahan Tegal Gundil`, `Dinas Sosial`."""
    told = say(OFFICES[holder])
    name = {Holder.KELURAHAN: place.kelurahan, Holder.KECAMATAN: place.kecamatan}.get(holder) if place else None
    return f"{told} {name}" if name else told


def where_it_starts(receipt_kind: Kind, holder: Holder, place: PlaceNames, say: Say) -> str:
    """What a receipt says first of all about the way."""
    if receipt_kind is Kind.LAPORAN:
        return say("Laporan ini langsung ke *Dinas Sosial*. RT, RW, kelurahan, dan kecamatan tidak melihatnya.")
    return say("Sekarang ada di *{kantor}*.", kantor=office_of(holder, say, place))


def standing(status: Status, say: Say) -> str:
    """The first sentence of a status, which a reader could stop after."""
    what = say(THESE[status.kind])
    if status.outcome is Outcome.GRANTED:
        return say("*Terdaftar.* Nama ini sekarang ada di daftar penerima bantuan.")
    if status.outcome is Outcome.REJECTED:
        office = office_of(status.rejected_by or Holder.DINSOS, say, status.place)
        return say("{apa} *tidak disetujui* {kantor}.", apa=what, kantor=office)
    if status.outcome is Outcome.ACCEPTED:
        return say(AT_THE_END[status.kind])
    desk = office_of(status.desk or Holder.DINSOS, say, status.place)
    if status.holder is Holder.SENDER:
        return say("*Ada pertanyaan untuk Anda* dari {kantor}.", kantor=desk)
    return say("{apa} sekarang ada di *{kantor}*.", apa=what, kantor=desk)


def step_line(step: StatusStep, place: PlaceNames, say: Say) -> str:
    """One step of the history."""
    office = office_of(step.level, say, place) if step.level else ""
    if step.step is Step.ACCEPTED and step.goes_to is None:
        return say("Disetujui {kantor}.", kantor=office)
    if step.step is Step.ACCEPTED and step.level is Holder.NEIGHBOURHOOD and step.goes_to:
        return say("Sudah diperiksa RT/RW. Diteruskan ke {tujuan}.", tujuan=office_of(step.goes_to, say, place))
    goes_to = office_of(step.goes_to, say, place) if step.goes_to else ""
    return say(STEPS[step.step], kantor=office, tujuan=goes_to)


def why_not(code: str, say: Say, written: str | None = None) -> str:
    """`Alasannya: sudah mampu.` With what the office wrote; of `alasan lain` that alone."""
    if written and code in NEEDS_WORDS:
        return say("Alasannya: {alasan}", alasan=written)
    reason = reason_for_no(code, say)
    told = say("Alasannya: {alasan}.", alasan=reason[:1].lower() + reason[1:])
    return f"{told} {say('Penjelasan kantor: {kata}', kata=written)}" if written else told


def step_more(step: StatusStep, say: Say) -> str | None:
    """What an office said with a step: its reason, its question, its last word."""
    if step.step is Step.REJECTED:
        return why_not(step.reason or "other", say, step.words)
    if not step.words:
        return None
    if step.step is Step.ASKED:
        return say("Pertanyaannya: {kata}", kata=step.words)
    return say("Penjelasan kantor: {kata}", kata=step.words)


def moment(when: datetime, zone: tzinfo, say: Say) -> str:
    """`Jumat, 20 Februari 2026, pukul 12.00 WIB`."""
    there = when.astimezone(zone)
    return say("{hari}, pukul {jam} {zona}", hari=say.date(there), jam=say.clock(there), zona=there.tzname() or "")


def deadline(status: Status, zone: tzinfo, say: Say) -> str | None:
    """Until when there has to be an answer; None where there is no clock, or no need of one."""
    if status.due_at is None:
        return None
    until = moment(status.due_at, zone, say)
    if status.late:
        return say("Seharusnya sudah dijawab {kapan}. Dinas Sosial melihat keterlambatan ini.", kapan=until)
    return say("Paling lambat dijawab {kapan}.", kapan=until)


def objection_way(status: Status, zone: tzinfo, say: Say) -> str:
    """How to object, and until when."""
    if not status.may_object or status.object_until is None:
        return say("Waktu untuk keberatan sudah lewat. Anda boleh mengirim yang baru.")
    return say(
        "Tulis keberatan di bawah ini, paling lambat *{kapan}*. Kantor di atasnya memeriksa lagi. Gratis.",
        kapan=moment(status.object_until, zone, say),
    )


def joined_told(say: Say) -> str:
    """What every receipt and status says, so that it tells nothing about this one."""
    return say("Kalau hal yang sama sudah pernah dikirim, keduanya digabung. Tiket Anda tetap berlaku.")


def read_out(code: TicketCode) -> str:
    """The code for a screen reader: its characters one by one, a pause after each group."""
    return ", ".join(" ".join(group) for group in code.groups)


def step_notice(facts: Mapping[str, Any], say: Say) -> str:
    """What a chat that follows is told. No reason and no name: those are read with code and digits."""
    kind, step = Kind(facts["kind"]), Step(facts["step"])
    office = say(OFFICES[Holder(facts["level"])]) if facts["level"] else ""
    holder = say(OFFICES[Holder(facts["holder"])]) if facts["holder"] else ""
    told = _told(kind, step, office, holder, say)
    more = say("Buka tiket Anda untuk melihat lanjutannya. Kodenya berakhir {akhir}.", akhir=facts["ticket"])
    return f"{told} {more}"


def _told(kind: Kind, step: Step, office: str, holder: str, say: Say) -> str:
    what = say(THESE[kind])
    if step is Step.GRANTED:
        return say("*Terdaftar.* Nama yang diusulkan sekarang ada di daftar penerima bantuan.")
    if step is Step.REJECTED:
        return say("{apa} *tidak disetujui* {kantor}. Anda boleh keberatan.", apa=what, kantor=office)
    if step is Step.ASKED:
        return say("*Ada pertanyaan untuk Anda* dari {kantor}.", kantor=office)
    if not holder:
        return say(AT_THE_END[kind])
    return say("{apa} sekarang ada di *{kantor}*.", apa=what, kantor=holder)
