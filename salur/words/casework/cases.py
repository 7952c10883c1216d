"""Proposals in the words of those who decide on them: kinds, reasons, levels, clocks, decisions and what follows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from salur.core.casework.answers import InboxEntry, Tab
from salur.core.errors import Meanwhile, Refused
from salur.core.limits.kinds import Door
from salur.core.proposals.kinds import Holder, Kind, Outcome, Step
from salur.core.regions.territory import TerritoryNames
from salur.words.language import N_, Say

KINDS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.USULAN: N_("Usulan"),
        Kind.SANGGAH: N_("Sanggahan"),
        Kind.KOREKSI: N_("Perbaikan data"),
        Kind.LAPORAN: N_("Laporan"),
    }
)
LEVELS: Mapping[Holder, str] = MappingProxyType(
    {
        Holder.NEIGHBOURHOOD: N_("RT/RW"),
        Holder.KELURAHAN: N_("kelurahan"),
        Holder.KECAMATAN: N_("kecamatan"),
        Holder.DINSOS: N_("Dinas Sosial"),
        Holder.SENDER: N_("pengirim"),
    }
)
TABS: Mapping[Tab, str] = MappingProxyType(
    {
        Tab.WAITING: N_("Menunggu saya"),
        Tab.ELSEWHERE: N_("Di tingkat lain"),
        Tab.CLOSED: N_("Selesai"),
    }
)
EMPTY: Mapping[Tab, str] = MappingProxyType(
    {
        Tab.WAITING: N_("Tidak ada yang menunggu Anda. Yang baru muncul di sini."),
        Tab.ELSEWHERE: N_("Tidak ada yang berjalan di tingkat lain."),
        Tab.CLOSED: N_("Belum ada yang selesai."),
    }
)
OUTCOMES: Mapping[Outcome, str] = MappingProxyType(
    {
        Outcome.ACCEPTED: N_("Diterima"),
        Outcome.REJECTED: N_("Ditolak"),
        Outcome.GRANTED: N_("Sudah masuk daftar penerima"),
    }
)
# Why it was sent, then why it was not accepted; a code means the same wherever it stands.
SENT_FOR: Mapping[tuple[Kind, str], str] = MappingProxyType(
    {
        (Kind.USULAN, "income_lost"): N_("Kehilangan penghasilan"),
        (Kind.USULAN, "elderly"): N_("Lanjut usia"),
        (Kind.USULAN, "ill_or_disabled"): N_("Sakit menahun atau disabilitas"),
        (Kind.USULAN, "single_parent"): N_("Orang tua tunggal"),
        (Kind.USULAN, "orphan"): N_("Anak yatim atau piatu"),
        (Kind.USULAN, "house_unfit"): N_("Rumah tidak layak"),
        (Kind.SANGGAH, "well_off"): N_("Sudah mampu"),
        (Kind.SANGGAH, "died"): N_("Sudah meninggal"),
        (Kind.SANGGAH, "moved"): N_("Sudah pindah"),
        (Kind.SANGGAH, "unknown"): N_("Tidak dikenal di sini"),
        (Kind.SANGGAH, "twice"): N_("Tercatat dua kali"),
        (Kind.SANGGAH, "still_entitled"): N_("Merasa masih berhak"),
        (Kind.KOREKSI, "name"): N_("Nama salah"),
        (Kind.KOREKSI, "number"): N_("NIK atau nomor KK salah"),
        (Kind.KOREKSI, "address"): N_("Alamat salah"),
        (Kind.KOREKSI, "family"): N_("Susunan keluarga berubah"),
        (Kind.KOREKSI, "amount"): N_("Jumlah bantuan berbeda"),
        (Kind.KOREKSI, "account"): N_("Rekening atau kartu bermasalah"),
        (Kind.LAPORAN, "levy"): N_("Bantuan dipotong atau dimintai uang"),
        (Kind.LAPORAN, "letter_withheld"): N_("Surat pemberitahuan ditahan"),
        (Kind.LAPORAN, "paid_not_received"): N_("Tercatat dibayar, tetapi belum diterima"),
        (Kind.LAPORAN, "card_withheld"): N_("Kartu bantuan ditahan"),
        (Kind.LAPORAN, "asked_for_data"): N_("Ada yang meminta PIN, kode, atau data"),
    }
)
REASONS_FOR_NO: Mapping[str, str] = MappingProxyType(
    {
        "died": N_("Sudah meninggal"),
        "moved": N_("Sudah pindah"),
        "well_off": N_("Sudah mampu"),
        "receives_other_aid": N_("Sudah menerima bantuan lain"),
        "data_differ": N_("Data berbeda dengan data nasional"),
        "not_agreed": N_("Tidak disepakati dalam musyawarah"),
        "still_in_need": N_("Yang disanggah masih perlu dibantu"),
        "not_proven": N_("Belum ada bukti yang cukup"),
        "already_right": N_("Data sudah benar"),
        "not_ours": N_("Bukan urusan Dinas Sosial"),
    }
)
REFUSALS: Mapping[str, str] = MappingProxyType(
    {
        "already_closed": N_("Pengajuan ini sudah selesai. Tidak ada lagi yang perlu diputuskan."),
        "not_yours": N_("Pengajuan ini sekarang di tingkat lain. Anda bisa melihatnya, tetapi tidak memutuskannya."),
        "not_above": N_("Hanya Dinas Sosial yang bisa mengambil alih."),
        "not_too_long": N_("Belum bisa diambil alih. Tingkat yang memegangnya masih punya waktu."),
        "nobody_below": N_("Tidak ada tingkat di bawah yang bisa ditanya."),
        "too_late_to_undo": N_(
            "Keputusan ini tidak bisa dibatalkan lagi: sudah lewat 10 menit, atau sudah ada yang menindaklanjuti."
        ),
        "reason_missing": N_("Pilih satu alasan dulu."),
        "words_missing": N_("Tulis dulu penjelasannya dengan kata-kata Anda."),
        "words_too_long": N_("Tulisannya terlalu panjang. Paling banyak 600 huruf."),
        "number_in_words": N_("Jangan tulis NIK atau nomor KK di sini. Tulisan ini dibaca orang lain."),
    }
)
# What someone did meanwhile, or did at all: with the level that did it.
DONE: Mapping[Step, str] = MappingProxyType(
    {
        Step.ACCEPTED: N_("{siapa} menyetujui"),
        Step.REJECTED: N_("{siapa} menolak"),
        Step.ASKED: N_("{siapa} bertanya kepada pengirim"),
        Step.FORWARDED: N_("{siapa} meneruskan tanpa penilaian"),
        Step.RETURNED: N_("{siapa} mengembalikan dengan pertanyaan"),
        Step.TAKEN_UP: N_("{siapa} mengambil alih"),
        Step.UNDONE: N_("{siapa} membatalkan keputusan di atas"),
    }
)
DONE_BY_SENDER: Mapping[Step, str] = MappingProxyType(
    {
        Step.SENT: N_("Dikirim"),
        Step.JOINED: N_("Orang lain mengirim hal yang sama"),
        Step.ANSWERED: N_("Pengirim menjawab"),
        Step.OBJECTED: N_("Pengirim keberatan atas penolakan"),
        Step.GRANTED: N_("Namanya ada di daftar penerima yang terbit"),
    }
)


def kind_name(kind: Kind, say: Say) -> str:
    """`Usulan`."""
    return say(KINDS[kind])


def level_name(holder: Holder, say: Say) -> str:
    """`kelurahan`, as it stands within a sentence."""
    return say(LEVELS[holder])


def tab_name(tab: Tab, say: Say) -> str:
    """The name of a part of the inbox."""
    return say(TABS[tab])


def nothing_in(tab: Tab, say: Say) -> str:
    """What is said where a part holds nothing."""
    return say(EMPTY[tab])


def outcome_name(outcome: Outcome, say: Say) -> str:
    """How it ended."""
    return say(OUTCOMES[outcome])


def sent_for(kind: Kind, reason: str, say: Say) -> str:
    """Why it was sent."""
    return say(SENT_FOR.get((kind, reason), N_("Alasan lain")))


def reason_for_no(code: str, say: Say) -> str:
    """Why it was not accepted."""
    return say(REASONS_FOR_NO.get(code, N_("Alasan lain")))


def sent_through(door: Door, say: Say) -> str:
    """By which door it came: senders have two."""
    return say("lewat Telegram") if door is Door.CHAT else say("lewat situs")


def territory_line(territory: TerritoryNames, say: Say) -> str:
    """`RT 003 RW 005, Tegal Gundil, Kecamatan Bogor Utara`, with what of it is known."""
    numbers = [
        f"{label} {number:03}" for label, number in (("RT", territory.rt), ("RW", territory.rw)) if number is not None
    ]
    district = say("Kecamatan {nama}", nama=territory.kecamatan) if territory.kecamatan else ""
    return ", ".join(filter(None, (" ".join(numbers), territory.kelurahan, district)))


def span(length: timedelta, say: Say) -> str:
    """A length of time in days and hours: `2 hari 5 jam`, `5 jam`, `kurang dari 1 jam`."""
    hours = int(abs(length).total_seconds() // 3600)
    days, hours = divmod(hours, 24)
    told = [say.plural("{n} hari", "{n} hari", days)] if days else []
    if hours and days < 7:
        told.append(say.plural("{n} jam", "{n} jam", hours))
    return " ".join(told) or say("kurang dari 1 jam")


def clock(left: timedelta, say: Say) -> str:
    """`Sisa 2 hari 5 jam`, or by how much it is late."""
    if left < timedelta():
        return say("Terlambat {lama}", lama=span(left, say))
    return say("Sisa {lama}", lama=span(left, say))


def standing(entry: InboxEntry, say: Say) -> str:
    """Where it is now and how long: `Di kelurahan sejak 3 hari`; how it ended when it is over."""
    if entry.desk is None:
        return say(OUTCOMES[entry.outcome or Outcome.ACCEPTED])
    if entry.holder is Holder.SENDER:
        return say("Menunggu jawaban pengirim, {lama}", lama=span(entry.lies_for, say))
    return say("Di {tingkat}, {lama}", tingkat=level_name(entry.desk, say), lama=span(entry.lies_for, say))


def step_told(step: Step, level: Holder | None, say: Say, *, by_other: bool = False) -> str:
    """One step of the history: `Kelurahan menyetujui`; an answer may be that of another sender."""
    if by_other:
        return say("Orang lain yang mengirim hal yang sama menjawab")
    if level is None or step not in DONE:
        return say(DONE_BY_SENDER.get(step, DONE_BY_SENDER[Step.SENT]))
    who = level_name(level, say)
    return say(DONE[step], siapa=who[:1].upper() + who[1:])


def refused(error: Refused, say: Say) -> str:
    """Why a decision was not taken; of what happened meanwhile, what it was."""
    if isinstance(error, Meanwhile):
        step, level = error.facts["step"], error.facts["level"]
        assert isinstance(step, Step)
        what = step_told(step, level if isinstance(level, Holder) else None, say)
        return say("Keputusan Anda belum dicatat. Sementara itu: {kejadian}. Lihat lagi keadaannya.", kejadian=what)
    known = REFUSALS.get(error.code)
    return say(known) if known else say("Ini tidak bisa dilakukan sekarang. Lihat lagi keadaannya.")
