"""What doubles are called: always a question, as there may be two people of one name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from salur.core.doubles.answers import Check
from salur.core.doubles.kinds import CheckReason, DoubleKind
from salur.words.language import N_, Say
from salur.words.officers.offices import office

# Name and what is meant.
KINDS: Mapping[DoubleKind, tuple[str, str]] = MappingProxyType(
    {
        DoubleKind.SAME_NIK: (
            N_("Satu NIK tercatat dua kali"),
            N_("NIK yang sama ada dua kali di satu program, untuk masa yang sama."),
        ),
        DoubleKind.NIK_EXCLUSIVE: (
            N_("Satu orang di dua program"),
            N_("NIK yang sama ada di dua program yang biasanya tidak diterima bersamaan."),
        ),
        DoubleKind.HOUSEHOLD: (
            N_("Dua orang dari satu KK"),
            N_("Dua orang dari satu KK ada di satu program yang dibayarkan untuk satu orang per keluarga."),
        ),
        DoubleKind.KK_EXCLUSIVE: (
            N_("Satu KK di dua program"),
            N_("Dua orang dari satu KK ada di dua program yang biasanya tidak diterima bersamaan."),
        ),
        DoubleKind.SIMILAR_NAME: (
            N_("Nama hampir sama"),
            N_("Nama hampir sama dan NIK berbeda, di satu RT. Bisa satu orang, bisa juga dua orang."),
        ),
    }
)
# Why an office lets a double be.
REASONS: Mapping[CheckReason, str] = MappingProxyType(
    {
        CheckReason.TWO_PEOPLE: N_("Memang dua orang atau dua keluarga berbeda"),
        CheckReason.ALLOWED: N_("Orang atau keluarga yang sama, dan boleh menerima keduanya"),
        CheckReason.PASSED_ON: N_("Datanya salah, sudah disampaikan untuk diperbaiki"),
        CheckReason.OTHER: N_("Lainnya (tulis di catatan)"),
    }
)
DONE: Mapping[str, str] = MappingProxyType(
    {
        "periksa": N_("Dicatat sebagai sudah diperiksa. Daftar tidak berubah."),
        "batal": N_("Dibatalkan. Data ini menunggu diperiksa lagi."),
    }
)
# Code of what is refused -> words.
DOUBLE_SLIPS: Mapping[str, str] = MappingProxyType(
    {
        "why_missing": N_("Pilih hasilnya dulu."),
        "note_missing": N_("Tulis hasilnya di catatan, beberapa kata saja."),
        "no_such_double": N_("Data ini berubah sejak halaman dibuka. Periksa sekali lagi."),
        "already_checked": N_("Data ini sudah dicatat sebagai sudah diperiksa."),
        "no_such_check": N_("Catatan ini tidak ada, atau kantor lain yang membuatnya."),
    }
)


def reason(which: CheckReason, say: Say) -> str:
    """`Memang dua orang atau dua keluarga berbeda`."""
    return say(REASONS[which])


def done(code: str, say: Say) -> str | None:
    """What was done; None for what is no code of it."""
    return say(DONE[code]) if code in DONE else None


def checked(check: Check, on: date, say: Say) -> str:
    """`Sudah diperiksa Ketua RW 005 Tegal Gundil, 20 Februari 2026`."""
    who = office(check.role, check.territory, check.region_name, say)
    return say("Sudah diperiksa {kantor}, {hari}", kantor=who, hari=say.short_date(on))


def kind(which: DoubleKind, say: Say) -> str:
    """`Satu NIK tercatat dua kali`."""
    return say(KINDS[which][0])


def meaning(which: DoubleKind, say: Say) -> str:
    """What is held against each other."""
    return say(KINDS[which][1])


def same(nik: bool | None, kk: bool | None, say: Say) -> str:
    """`NIK sama. Nomor KK berbeda.`; nothing of a number that fewer than two of them have."""
    told = []
    if nik is not None:
        told.append(say("NIK sama.") if nik else say("NIK berbeda."))
    if kk is not None:
        told.append(say("Nomor KK sama.") if kk else say("Nomor KK berbeda."))
    return " ".join(told)
