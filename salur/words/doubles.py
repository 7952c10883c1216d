"""What doubles are called: always a question, as there may be two people of one name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from salur.core.exclusions import DoubleKind
from salur.words.language import Say, mark

# Name and what is meant.
KINDS: Mapping[DoubleKind, tuple[str, str]] = MappingProxyType(
    {
        DoubleKind.SAME_NIK: (
            mark("Satu NIK tercatat dua kali"),
            mark("NIK yang sama ada dua kali di satu program, untuk masa yang sama."),
        ),
        DoubleKind.NIK_EXCLUSIVE: (
            mark("Satu orang di dua program"),
            mark("NIK yang sama ada di dua program yang biasanya tidak diterima bersamaan."),
        ),
        DoubleKind.HOUSEHOLD: (
            mark("Dua orang dari satu KK"),
            mark("Dua orang dari satu KK ada di satu program yang dibayarkan untuk satu orang per keluarga."),
        ),
        DoubleKind.KK_EXCLUSIVE: (
            mark("Satu KK di dua program"),
            mark("Dua orang dari satu KK ada di dua program yang biasanya tidak diterima bersamaan."),
        ),
        DoubleKind.SIMILAR_NAME: (
            mark("Nama hampir sama"),
            mark("Nama hampir sama dan NIK berbeda, di satu RT. Bisa satu orang, bisa juga dua orang."),
        ),
    }
)


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
