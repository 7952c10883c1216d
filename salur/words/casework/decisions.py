"""What the buttons say with which an officer decides, and how they are told what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from salur.core.casework.answers import Choices, Decided
from salur.core.proposals.kinds import Kind, Step
from salur.words.casework.cases import level_name
from salur.words.language import N_, Say

# What is asked of whoever decides.
QUESTIONS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.USULAN: N_("Apakah orang ini perlu dibantu?"),
        Kind.SANGGAH: N_("Apakah sanggahan ini benar?"),
        Kind.KOREKSI: N_("Apakah datanya perlu diperbaiki?"),
        Kind.LAPORAN: N_("Apa yang dilakukan dengan laporan ini?"),
    }
)
YES: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.USULAN: N_("Ya, perlu dibantu"),
        Kind.SANGGAH: N_("Ya, sanggahan ini benar"),
        Kind.KOREKSI: N_("Ya, perlu diperbaiki"),
        Kind.LAPORAN: N_("Sudah ditindaklanjuti"),
    }
)
YES_AT_THE_END: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.USULAN: N_("Ya, sudah dimasukkan ke data nasional"),
        Kind.SANGGAH: N_("Ya, sudah dicatat di data nasional"),
        Kind.KOREKSI: N_("Ya, sudah diperbaiki"),
        Kind.LAPORAN: N_("Sudah ditindaklanjuti"),
    }
)
NO: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.USULAN: N_("Tidak"),
        Kind.SANGGAH: N_("Tidak"),
        Kind.KOREKSI: N_("Tidak"),
        Kind.LAPORAN: N_("Tidak bisa ditindaklanjuti"),
    }
)


def question(kind: Kind, say: Say) -> str:
    """What is to be decided."""
    return say(QUESTIONS[kind])


def yes(kind: Kind, choices: Choices, say: Say) -> str:
    """The button for a yes."""
    return say((YES if choices.up is not None else YES_AT_THE_END)[kind])


def no(kind: Kind, say: Say) -> str:
    """What opens the reasons for a no."""
    return say(NO[kind])


def after_yes(kind: Kind, choices: Choices, say: Say) -> str:
    """What a yes leads to."""
    if choices.up is not None:
        return say("Sesudah itu: ke {tingkat}.", tingkat=level_name(choices.up, say))
    if kind is Kind.USULAN:
        return say("Sesudah itu: menunggu daftar penerima berikutnya.")
    return say("Sesudah itu: selesai. Pengirim melihat hasilnya dengan kode tiketnya.")


def decided(done: Decided, say: Say) -> tuple[str, str]:
    """The verdict after a decision, and what happens next."""
    place = level_name(done.holder, say) if done.holder is not None else ""
    match done.step:
        case Step.REJECTED:
            text = say("Pengirim melihat alasannya. Dalam 14 hari ia boleh keberatan. Lalu dinilai sekali lagi.")
            return say("Sudah dicatat: *tidak diterima*."), text
        case Step.ASKED:
            text = say("Kalau ada jawaban, pengajuan ini kembali ke kotak Anda. Waktunya tetap berjalan.")
            return say("Pertanyaan sudah dikirim kepada *pengirim*."), text
        case Step.RETURNED:
            return say("Pertanyaan sudah dikirim ke *{tingkat}*.", tingkat=place), say(
                "Sekarang mereka yang memegangnya."
            )
        case Step.UNDONE:
            text = say("Pengajuan ini kembali seperti sebelumnya. Pembatalannya tercatat di riwayat.")
            return say("Keputusan Anda sudah *dibatalkan*."), text
        case Step.TAKEN_UP:
            return say("Sudah *diambil alih*."), say("Pengajuan ini sekarang menunggu keputusan Anda.")
        case Step.FORWARDED:
            return say("Sudah diteruskan ke *{tingkat}*.", tingkat=place), say("Mereka yang menilai sekarang.")
        case _ if done.holder is not None:
            return say("Sudah dicatat: *ya*. Sekarang di {tingkat}.", tingkat=place), say("Pengirim bisa melihatnya.")
        case _ if done.kind is Kind.USULAN:
            text = say(
                "Kalau namanya ada di daftar penerima yang terbit nanti, pengajuan ini ditutup dan pengirim dikabari."
            )
            return say("Sudah dicatat: *diterima*."), text
        case _:
            return say("Sudah dicatat: *selesai*."), say("Pengirim melihat hasilnya dengan kode tiketnya.")
