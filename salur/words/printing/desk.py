"""The office's desk for letters: how many, of whom not and why, what became of a printing."""

from __future__ import annotations

from collections.abc import Mapping

from salur.core.jobs.kinds import JobState
from salur.core.letters.issuing.answers import Counted, Printing
from salur.core.letters.issuing.kinds import Paper, WhyNot, Withdrawal
from salur.core.payouts.answers import AnnouncedSitting
from salur.words.language import N_, Say
from salur.words.lists.counts import number
from salur.words.payouts.areas import in_brief

WHY_NOT: Mapping[WhyNot, str] = {
    WhyNot.PAID: N_("sudah dibayar"),
    WhyNot.RETURNED: N_("uangnya sudah dikembalikan"),
    WhyNot.FAILED: N_("pembayarannya gagal"),
    WhyNot.SUSPENDED: N_("ditangguhkan"),
    WhyNot.TAKEN_OFF: N_("dicoret dari daftar"),
    WhyNot.UNCLEAR: N_("barisnya belum jelas"),
    WhyNot.NO_DAY: N_("belum ada hari pembayaran"),
    WhyNot.OVER: N_("hari pembayarannya sudah lewat"),
    WhyNot.CANCELLED: N_("pembayarannya dibatalkan"),
    WhyNot.OTHER_SITTING: N_("datang pada pembayaran yang lain"),
    WhyNot.OTHER_ROW: N_("tercatat dua kali; suratnya satu"),
}
WITHDRAWALS: Mapping[Withdrawal, str] = {
    Withdrawal.WRONG_DAY: N_("Hari atau tempatnya salah"),
    Withdrawal.WRONG_DATA: N_("Data penerimanya salah"),
    Withdrawal.MISPRINTED: N_("Cetakannya rusak"),
    Withdrawal.LOST: N_("Suratnya hilang atau dicuri"),
    Withdrawal.OTHER: N_("Alasan lain"),
}
PAPERS: Mapping[Paper, str] = {
    Paper.A5: N_("Dua surat di satu lembar A4, lalu dipotong"),
    Paper.A4: N_("Satu surat di satu lembar A4"),
}


def why(reason: WhyNot, say: Say) -> str:
    """`sudah dibayar`."""
    return say(WHY_NOT[reason])


def withdrawal(reason: Withdrawal, say: Say) -> str:
    """`Cetakannya rusak`."""
    return say(WITHDRAWALS[reason])


def paper(which: Paper, say: Say) -> str:
    """On what they are printed."""
    return say(PAPERS[which])


def adds_up(counted: Counted, say: Say) -> str:
    """`412 orang di daftar: 390 surat, 22 tanpa surat.`"""
    without = sum(counted.left_out.values())
    return say(
        "{semua} orang di daftar: {surat} surat, {tanpa} tanpa surat.",
        semua=number(say, counted.listed),
        surat=number(say, counted.letters),
        tanpa=number(say, without),
    )


def sitting(one: AnnouncedSitting, say: Say) -> str:
    """`Selasa, 24 Februari 2026, pukul 08.00–11.00 WIB: Kantor Kelurahan Tegal Gundil (RW 005, Tegal Gundil)`."""
    when = f"{say.date(one.sitting.starts)}, {say.hours(one.sitting.starts, one.sitting.ends)}"
    return f"{when}: {one.sitting.place.name} ({in_brief(one.areas)})"


def state(printing: Printing, say: Say) -> str:
    """`siap`, `sedang dibuat`, `ditarik` …"""
    if printing.withdrawn_at is not None:
        return say("ditarik")
    if printing.ready_at is not None:
        return say("siap")
    if printing.job is None or printing.job.state in (JobState.FAILED, JobState.STOPPED):
        return say("tidak jadi")
    return say("sedang dibuat")


def sign(printing: Printing) -> str:
    """The same as a sign."""
    if printing.withdrawn_at is not None:
        return "✕"
    return "✓" if printing.ready_at is not None else "○"


def numbers(printing: Printing, say: Say) -> str:
    """`Nomor 1 sampai 412.`; empty as long as there are none."""
    if printing.ready_at is None or printing.first_number is None or printing.last_number is None:
        return ""
    return say("Nomor {awal} sampai {akhir}.", awal=printing.first_number, akhir=printing.last_number)
