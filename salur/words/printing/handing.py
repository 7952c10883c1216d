"""Letters on their way: handed over or not, and where they are withheld."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from salur.core.letters.handing.answers import Counts, OnItsWay, PartOfArea, WithheldIn
from salur.core.letters.handing.kinds import HandingState
from salur.words.language import N_, Say, plain
from salur.words.officers.offices import area

HANDING_SLIPS: Mapping[str, str] = MappingProxyType(
    {
        "letter_not_good": N_("Surat itu sudah diganti atau ditarik. Jangan diserahkan: kembalikan ke kelurahan."),
        "letters_changed": N_("Jumlah suratnya berubah selagi halaman ini terbuka. Periksa lagi, lalu tekan lagi."),
        "too_late_to_take_back": N_(
            "Tidak bisa dibatalkan lagi. Yang mencatat bisa membatalkan selama 10 menit. Beri tahu kelurahan."
        ),
        "no_such_letter_here": N_("Surat itu tidak ada di wilayah Anda."),
    }
)
STATES: Mapping[HandingState, str] = MappingProxyType(
    {HandingState.WAITING: N_("Belum diserahkan"), HandingState.HANDED: N_("Sudah diserahkan")}
)


def state(which: HandingState, say: Say) -> str:
    """`Belum diserahkan`."""
    return say(STATES[which])


def count_of(counts: Counts, which: HandingState) -> int:
    """How many letters stand so."""
    return counts.waiting if which is HandingState.WAITING else counts.handed


def day(letter: OnItsWay, say: Say) -> str:
    """`Selasa, 24 Februari 2026, pukul 08.00–11.00 WIB`; empty where none stands on it."""
    if letter.comes is None:
        return ""
    return f"{say.date(letter.comes.starts)}, {say.hours(letter.comes.starts, letter.comes.ends)}"


def adds_up(counts: Counts, say: Say) -> str:
    """`36 surat dicetak: 20 diserahkan, 10 belum, 4 diganti, 2 ditarik.`"""
    return say(
        "{cetak} surat dicetak: {sudah} diserahkan, {belum} belum, {ganti} diganti, {tarik} ditarik.",
        cetak=say.number(counts.printed),
        sudah=say.number(counts.handed),
        belum=say.number(counts.waiting),
        ganti=say.number(counts.replaced),
        tarik=say.number(counts.withdrawn),
    )


def part(one: PartOfArea, say: Say) -> str:
    """`RT 003 RW 005 (12 surat)`."""
    where = f"RT {one.area.rt:03} RW {one.area.rw:03}"
    return say.plural("{tempat} ({n} surat)", "{tempat} ({n} surat)", one.waiting, tempat=where)


def handed(count: int, say: Say, named: str = "") -> str:
    """What is now on record; of a single letter whose it is."""
    if not count:
        return say("Sudah dicatat sebelumnya.")
    if named and count == 1:
        return say("Dicatat: surat *{siapa}* sudah diserahkan.", siapa=plain(named))
    return say.plural("{n} surat dicatat sudah diserahkan.", "{n} surat dicatat sudah diserahkan.", count)


def taken_back(count: int, say: Say) -> str:
    """What is no longer."""
    return say.plural("Dibatalkan: {n} surat belum diserahkan.", "Dibatalkan: {n} surat belum diserahkan.", count)


def withheld_in(one: WithheldIn, say: Say) -> str:
    """`RT 003 RW 005, Tegal Gundil`; of what is known no closer, that."""
    if one.area.rt is None or one.area.rw is None:
        return say("{tempat} (RT belum jelas)", tempat=area(one.area, one.place))
    return area(one.area, one.place)
