"""Proposals in the words of those who decide on them: kinds, reasons, levels, clocks, decisions and what follows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from salur.core.errors import Refused
from salur.core.proposal_answers import PlaceNames
from salur.core.proposal_cases import InboxEntry, Tab
from salur.core.proposal_steps import Holder, Kind, Outcome, Step
from salur.words.language import Say, mark

KINDS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.USULAN: mark("Usulan"),
        Kind.SANGGAH: mark("Sanggahan"),
        Kind.KOREKSI: mark("Perbaikan data"),
        Kind.LAPORAN: mark("Laporan"),
    }
)
LEVELS: Mapping[Holder, str] = MappingProxyType(
    {
        Holder.NEIGHBOURHOOD: mark("RT/RW"),
        Holder.KELURAHAN: mark("kelurahan"),
        Holder.KECAMATAN: mark("kecamatan"),
        Holder.DINSOS: mark("Dinas Sosial"),
        Holder.SENDER: mark("pengirim"),
    }
)
TABS: Mapping[Tab, str] = MappingProxyType(
    {
        Tab.WAITING: mark("Menunggu saya"),
        Tab.ELSEWHERE: mark("Di tingkat lain"),
        Tab.CLOSED: mark("Selesai"),
    }
)
EMPTY: Mapping[Tab, str] = MappingProxyType(
    {
        Tab.WAITING: mark("Tidak ada yang menunggu Anda. Yang baru muncul di sini."),
        Tab.ELSEWHERE: mark("Tidak ada yang berjalan di tingkat lain."),
        Tab.CLOSED: mark("Belum ada yang selesai."),
    }
)
OUTCOMES: Mapping[Outcome, str] = MappingProxyType(
    {
        Outcome.ACCEPTED: mark("Diterima"),
        Outcome.REJECTED: mark("Ditolak"),
        Outcome.GRANTED: mark("Sudah masuk daftar penerima"),
    }
)
# Why it was sent, then why it was not accepted; a code means the same wherever it stands.
SENT_FOR: Mapping[tuple[Kind, str], str] = MappingProxyType(
    {
        (Kind.USULAN, "income_lost"): mark("Kehilangan penghasilan"),
        (Kind.USULAN, "elderly"): mark("Lanjut usia"),
        (Kind.USULAN, "ill_or_disabled"): mark("Sakit menahun atau disabilitas"),
        (Kind.USULAN, "single_parent"): mark("Orang tua tunggal"),
        (Kind.USULAN, "orphan"): mark("Anak yatim atau piatu"),
        (Kind.USULAN, "house_unfit"): mark("Rumah tidak layak"),
        (Kind.SANGGAH, "well_off"): mark("Sudah mampu"),
        (Kind.SANGGAH, "died"): mark("Sudah meninggal"),
        (Kind.SANGGAH, "moved"): mark("Sudah pindah"),
        (Kind.SANGGAH, "unknown"): mark("Tidak dikenal di sini"),
        (Kind.SANGGAH, "twice"): mark("Tercatat dua kali"),
        (Kind.KOREKSI, "name"): mark("Nama salah"),
        (Kind.KOREKSI, "number"): mark("NIK atau nomor KK salah"),
        (Kind.KOREKSI, "address"): mark("Alamat salah"),
        (Kind.KOREKSI, "family"): mark("Susunan keluarga berubah"),
        (Kind.KOREKSI, "amount"): mark("Jumlah bantuan berbeda"),
        (Kind.KOREKSI, "account"): mark("Rekening atau kartu bermasalah"),
        (Kind.LAPORAN, "levy"): mark("Bantuan dipotong atau dimintai uang"),
        (Kind.LAPORAN, "letter_withheld"): mark("Surat pemberitahuan ditahan"),
        (Kind.LAPORAN, "paid_not_received"): mark("Tercatat dibayar, tetapi belum diterima"),
        (Kind.LAPORAN, "card_withheld"): mark("Kartu bantuan ditahan"),
        (Kind.LAPORAN, "asked_for_data"): mark("Ada yang meminta PIN, kode, atau data"),
    }
)
REASONS_FOR_NO: Mapping[str, str] = MappingProxyType(
    {
        "died": mark("Sudah meninggal"),
        "moved": mark("Sudah pindah"),
        "well_off": mark("Sudah mampu"),
        "receives_other_aid": mark("Sudah menerima bantuan lain"),
        "data_differ": mark("Data berbeda dengan data nasional"),
        "not_agreed": mark("Tidak disepakati dalam musyawarah"),
        "still_in_need": mark("Yang disanggah masih perlu dibantu"),
        "not_proven": mark("Belum ada bukti yang cukup"),
        "already_right": mark("Data sudah benar"),
        "not_ours": mark("Bukan urusan Dinas Sosial"),
    }
)
REFUSALS: Mapping[str, str] = MappingProxyType(
    {
        "already_closed": mark("Pengajuan ini sudah selesai. Tidak ada lagi yang perlu diputuskan."),
        "not_yours": mark("Pengajuan ini sekarang di tingkat lain. Anda bisa melihatnya, tetapi tidak memutuskannya."),
        "not_above": mark("Hanya Dinas Sosial yang bisa mengambil alih."),
        "not_too_long": mark("Belum bisa diambil alih. Tingkat yang memegangnya masih punya waktu."),
        "nobody_below": mark("Tidak ada tingkat di bawah yang bisa ditanya."),
        "reason_missing": mark("Pilih satu alasan dulu."),
        "words_missing": mark("Tulis dulu penjelasannya dengan kata-kata Anda."),
        "words_too_long": mark("Tulisannya terlalu panjang. Paling banyak 600 huruf."),
        "number_in_words": mark("Jangan tulis NIK atau nomor KK di sini. Tulisan ini dibaca orang lain."),
    }
)
# What someone did meanwhile, or did at all: with the level that did it.
DONE: Mapping[Step, str] = MappingProxyType(
    {
        Step.ACCEPTED: mark("{siapa} menyetujui"),
        Step.REJECTED: mark("{siapa} menolak"),
        Step.ASKED: mark("{siapa} bertanya kepada pengirim"),
        Step.FORWARDED: mark("{siapa} meneruskan tanpa penilaian"),
        Step.RETURNED: mark("{siapa} mengembalikan dengan pertanyaan"),
        Step.TAKEN_UP: mark("{siapa} mengambil alih"),
    }
)
DONE_BY_SENDER: Mapping[Step, str] = MappingProxyType(
    {
        Step.SENT: mark("Dikirim"),
        Step.JOINED: mark("Orang lain mengirim hal yang sama"),
        Step.ANSWERED: mark("Pengirim menjawab"),
        Step.OBJECTED: mark("Pengirim keberatan atas penolakan"),
        Step.GRANTED: mark("Namanya ada di daftar penerima yang terbit"),
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
    return say(SENT_FOR.get((kind, reason), mark("Alasan lain")))


def reason_for_no(code: str, say: Say) -> str:
    """Why it was not accepted."""
    return say(REASONS_FOR_NO.get(code, mark("Alasan lain")))


def place_line(place: PlaceNames, say: Say) -> str:
    """`RT 003 RW 005, Tegal Gundil, Kecamatan Bogor Utara`, with what of it is known."""
    numbers = [f"{label} {number:03}" for label, number in (("RT", place.rt), ("RW", place.rw)) if number is not None]
    district = say("Kecamatan {nama}", nama=place.kecamatan) if place.kecamatan else ""
    return ", ".join(filter(None, (" ".join(numbers), place.kelurahan, district)))


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


def step_told(step: Step, level: Holder | None, say: Say) -> str:
    """One step of the history: `Kelurahan menyetujui`."""
    if level is None or step not in DONE:
        return say(DONE_BY_SENDER.get(step, DONE_BY_SENDER[Step.SENT]))
    who = level_name(level, say)
    return say(DONE[step], siapa=who[:1].upper() + who[1:])


def refused(error: Refused, say: Say) -> str:
    """Why a decision was not taken; of what happened meanwhile, what it was."""
    if error.code == "meanwhile":
        step, level = error.facts["step"], error.facts["level"]
        assert isinstance(step, Step)
        what = step_told(step, level if isinstance(level, Holder) else None, say)
        return say("Keputusan Anda belum dicatat. Sementara itu: {kejadian}. Lihat lagi keadaannya.", kejadian=what)
    known = REFUSALS.get(error.code)
    return say(known) if known else say("Ini tidak bisa dilakukan sekarang. Lihat lagi keadaannya.")
