"""Proposals in the words of those who send them: what to choose, what became of it, who has it now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from types import MappingProxyType

from salur.core.notices.answers import Facts
from salur.core.people.ticket_codes import TicketCode
from salur.core.proposals.answers import Status, StatusStep
from salur.core.proposals.kinds import NEEDS_WORDS, Holder, Kind, Outcome, Step
from salur.core.regions.territory import TerritoryNames
from salur.words.casework.cases import reason_for_no
from salur.words.language import N_, Say

# Code of what is refused -> words.
PROPOSAL_SLIPS: Mapping[str, str] = MappingProxyType(
    {
        "ticket_length": N_("Kode tiket punya 12 huruf dan angka, tiga kelompok berisi empat. Periksa lagi."),
        "ticket_letter": N_("Ada tanda yang tidak ada di kode tiket kami. Isinya hanya huruf A sampai Z dan angka."),
        "ticket_check": N_("Ada satu huruf atau angka yang salah di kode ini. Periksa lagi pelan-pelan."),
        "no_ticket": N_("Kode dan nama itu *tidak cocok*. Periksa keduanya di kertas Anda."),
        "photo_too_large": N_("Satu foto paling besar 5 MB. Pilih foto lain, atau kirim tanpa foto."),
        "photo_not_a_photo": N_(
            "Itu bukan foto yang bisa kami buka. Pilih foto dari kamera HP (JPEG, PNG, atau WebP)."
        ),
        "photo_damaged": N_("Foto itu rusak atau belum terkirim utuh. Pilih lagi, atau kirim tanpa foto."),
        "photo_too_many_pixels": N_("Foto itu terlalu besar untuk dibuka. Pilih foto lain, atau kirim tanpa foto."),
        "photos_full": N_("Hari ini sudah terlalu banyak foto dari sambungan internet ini. Kirim tanpa foto."),
        "too_many_photos": N_("Paling banyak 3 foto."),
        "whom_missing": N_("Pilih dulu untuk siapa."),
        "reason_missing": N_("Pilih dulu alasannya."),
        "mistake_missing": N_("Pilih dulu apa yang salah."),
        "event_missing": N_("Pilih dulu apa yang terjadi."),
        "who_missing": N_("Pilih dulu siapa. Boleh *Tidak tahu*."),
        "not_asked": N_("Tidak ada pertanyaan yang menunggu jawaban Anda. Mungkin sudah dijawab."),
        "no_objection": N_(
            "Keberatan tidak bisa dikirim lagi: waktunya 14 hari, dan satu kali untuk setiap penolakan."
        ),
        "nik_or_reason": N_("Ketik NIK. Belum punya? Pilih alasannya di bawah."),
        "rw_missing": N_("Isi juga nomor RW-nya, atau kosongkan keduanya."),
        "words_missing": N_("Tulis dulu dengan kata-kata Anda sendiri."),
        "words_too_long": N_("Tulisannya terlalu panjang. Paling banyak 1.000 huruf."),
        "village_missing": N_("Pilih kelurahan tempat tinggalnya."),
        "village_unknown": N_("Kelurahan itu tidak kami temukan. Periksa tulisannya."),
        "village_unsure": N_("Kelurahan yang mana? Pilih satu di bawah ini, atau ketik lagi namanya."),
        "rt_number": N_("RT: ketik nomornya saja, misalnya 3."),
        "rw_number": N_("RW: ketik nomornya saja, misalnya 5."),
        "phone_wrong": N_("Nomor HP hanya berisi angka, misalnya 0812 3456 7890. Boleh dikosongkan."),
    }
)
# Where it is, as it stands within a sentence. The office is named, never a person.
OFFICES: Mapping[Holder, str] = MappingProxyType(
    {
        Holder.NEIGHBOURHOOD: N_("RT/RW"),
        Holder.KELURAHAN: N_("kelurahan"),
        Holder.KECAMATAN: N_("kecamatan"),
        Holder.DINSOS: N_("Dinas Sosial"),
        Holder.SENDER: N_("Anda"),
    }
)
THESE: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.USULAN: N_("Usulan ini"),
        Kind.SANGGAH: N_("Sanggahan ini"),
        Kind.KOREKSI: N_("Permintaan perbaikan ini"),
        Kind.LAPORAN: N_("Laporan ini"),
    }
)
AT_THE_END: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.USULAN: N_("Usulan ini *disetujui*. Sekarang menunggu daftar penerima yang baru."),
        Kind.SANGGAH: N_("Sanggahan ini *diterima*."),
        Kind.KOREKSI: N_("Permintaan perbaikan ini *diterima*. Data yang benar dipakai di daftar berikutnya."),
        Kind.LAPORAN: N_("Laporan ini *sudah ditindaklanjuti* Dinas Sosial."),
    }
)
WITHOUT_NIK: Mapping[str, str] = MappingProxyType(
    {
        "newborn": N_("Bayi, belum didaftarkan"),
        "never_recorded": N_("Belum pernah didata"),
        "lost_papers": N_("Surat-suratnya hilang"),
        "other": N_("Alasan lain"),
    }
)
REPORTED: Mapping[str, str] = MappingProxyType(
    {
        "rt": N_("RT"),
        "rw": N_("RW"),
        "kelurahan": N_("Petugas kelurahan"),
        "kecamatan": N_("Petugas kecamatan"),
        "payout": N_("Petugas pembayaran atau kantor pos"),
        "companion": N_("Pendamping program"),
        "other": N_("Orang lain"),
        "unknown": N_("Tidak tahu"),
    }
)
OTHER = N_("Alasan lain")
# What happened, for the line of a step: with who took it, and where it went.
STEPS: Mapping[Step, str] = MappingProxyType(
    {
        Step.SENT: N_("Kami terima. Diteruskan ke {tujuan}."),
        Step.JOINED: N_("Dipindahkan ke {tujuan}."),
        Step.ACCEPTED: N_("Disetujui {kantor}. Diteruskan ke {tujuan}."),
        Step.REJECTED: N_("Tidak disetujui {kantor}."),
        Step.ASKED: N_("Ada pertanyaan dari {kantor} untuk Anda."),
        Step.ANSWERED: N_("Pertanyaan sudah dijawab."),
        Step.FORWARDED: N_("Diteruskan {kantor} ke {tujuan}."),
        Step.RETURNED: N_("Ditanyakan {kantor} ke {tujuan}."),
        Step.TAKEN_UP: N_("Diambil alih {kantor}."),
        Step.OBJECTED: N_("Keberatan kami terima. Diteruskan ke {tujuan}."),
        Step.GRANTED: N_("Namanya ada di daftar penerima yang baru."),
        Step.UNDONE: N_("Dibatalkan lagi oleh {kantor}: keputusan di atas tidak berlaku."),
    }
)


def office_of(holder: Holder, say: Say, territory: TerritoryNames | None = None) -> str:
    """`RT/RW`, `kelurahan Tegal Gundil`, `Dinas Sosial`."""
    told = say(OFFICES[holder])
    name = (
        {Holder.KELURAHAN: territory.kelurahan, Holder.KECAMATAN: territory.kecamatan}.get(holder)
        if territory
        else None
    )
    return f"{told} {name}" if name else told


def where_it_starts(receipt_kind: Kind, holder: Holder, territory: TerritoryNames, say: Say) -> str:
    """What a receipt says first of all about the way."""
    if receipt_kind is Kind.LAPORAN:
        return say("Laporan ini langsung ke *Dinas Sosial*. RT, RW, kelurahan, dan kecamatan tidak melihatnya.")
    return say("Sekarang ada di *{kantor}*.", kantor=office_of(holder, say, territory))


def standing(status: Status, say: Say) -> str:
    """The first sentence of a status, which a reader could stop after."""
    what = say(THESE[status.kind])
    if status.outcome is Outcome.GRANTED:
        return say("*Terdaftar.* Nama ini sekarang ada di daftar penerima bantuan.")
    if status.outcome is Outcome.REJECTED:
        office = office_of(status.rejected_by or Holder.DINSOS, say, status.territory)
        return say("{apa} *tidak disetujui* {kantor}.", apa=what, kantor=office)
    if status.outcome is Outcome.ACCEPTED:
        return say(AT_THE_END[status.kind])
    desk = office_of(status.desk or Holder.DINSOS, say, status.territory)
    if status.holder is Holder.SENDER:
        return say("*Ada pertanyaan untuk Anda* dari {kantor}.", kantor=desk)
    return say("{apa} sekarang ada di *{kantor}*.", apa=what, kantor=desk)


def step_line(step: StatusStep, territory: TerritoryNames, say: Say) -> str:
    """One step of the history."""
    office = office_of(step.level, say, territory) if step.level else ""
    if step.step is Step.ACCEPTED and step.goes_to is None:
        return say("Disetujui {kantor}.", kantor=office)
    if step.step is Step.ACCEPTED and step.level is Holder.NEIGHBOURHOOD and step.goes_to:
        return say("Sudah diperiksa RT/RW. Diteruskan ke {tujuan}.", tujuan=office_of(step.goes_to, say, territory))
    goes_to = office_of(step.goes_to, say, territory) if step.goes_to else ""
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
    if step.undone:
        return None
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


def may_change(status: Status, zone: tzinfo, say: Say) -> str | None:
    """That the decision shown is minutes old and may still be taken back; None where it may not."""
    if status.may_change_until is None:
        return None
    until = say.clock(status.may_change_until.astimezone(zone))
    return say("Ini baru saja dicatat. Sampai pukul {jam} petugas masih bisa membatalkannya.", jam=until)


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


def opened_with(kind: Kind, needs_name: bool, say: Say, *, of_payee: bool = False) -> str:
    """What opens the ticket, as a receipt says it."""
    if not needs_name:
        return say("kode ini saja")
    if of_payee:
        return say("kode ini dan nama penerimanya")
    if kind is Kind.SANGGAH:
        return say("kode ini dan nama Anda sendiri")
    if kind is Kind.KOREKSI:
        return say("kode ini dan nama yang datanya diperbaiki")
    return say("kode ini dan nama yang diusulkan")


def read_out(code: TicketCode) -> str:
    """The code for a screen reader: its characters one by one, a pause after each group."""
    return ", ".join(" ".join(group) for group in code.groups)


def step_notice(facts: Facts, say: Say) -> str:
    """What a chat that follows is told. No reason and no name: those are read with code and name."""
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
    if step is Step.UNDONE:
        return say("Keputusan tadi *dibatalkan lagi* oleh {kantor}. Belum ada keputusan baru.", kantor=office)
    if not holder:
        return say(AT_THE_END[kind])
    return say("{apa} sekarang ada di *{kantor}*.", apa=what, kantor=holder)
