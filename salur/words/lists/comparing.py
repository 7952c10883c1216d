"""What an operator reads of two lists side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from salur.core.comparing.answers import Comparison, Line, Side, Sums
from salur.core.comparing.kinds import Kind, What
from salur.core.lists.answers import ListSummary
from salur.core.lists.kinds import State
from salur.words.language import N_, Say
from salur.words.lists.counts import number
from salur.words.lists.reasons import REASONS
from salur.words.lists.standing import LIST_STATES

KINDS: Mapping[Kind, str] = {
    Kind.REMOVED: N_("Hilang"),
    Kind.ADDED: N_("Baru"),
    Kind.CHANGED: N_("Berubah"),
    Kind.UNSURE: N_("Perlu dilihat"),
}
MEANT: Mapping[Kind, str] = {
    Kind.REMOVED: N_("Ada di daftar {satu}, tidak ada di daftar {dua}."),
    Kind.ADDED: N_("Ada di daftar {dua}, tidak ada di daftar {satu}."),
    Kind.CHANGED: N_("Ada di kedua daftar, tetapi ada yang lain tentang mereka."),
    Kind.UNSURE: N_(
        "Beberapa baris mungkin satu orang, misalnya karena NIK, KK, atau namanya sama. Salur tidak menebak: periksa"
        " sendiri. Nomor yang sama berarti mungkin orang yang sama."
    ),
}
STATES: Mapping[str, str] = {
    State.ENTITLED: N_("terdaftar"),
    State.SUSPENDED: N_("ditangguhkan"),
    State.TAKEN_OFF: N_("dicoret"),
    State.GROUP: N_("kelompok"),
}


def kind(which: Kind, say: Say) -> str:
    """`Hilang`."""
    return say(KINDS[which])


def meant(which: Kind, comparison: Comparison, say: Say) -> str:
    """Who stands in a group."""
    return say(MEANT[which], satu=comparison.before.id, dua=comparison.after.id)


def in_short(summary: ListSummary, say: Say) -> str:
    """A list to choose: `Daftar 3: PKH, Tahap 1 tahun 2026, konsep, 1.234 orang`."""
    return say(
        "Daftar {nomor}: {program}, {periode}, {keadaan}, {orang} orang",
        nomor=summary.id,
        program=summary.programme,
        periode=say.period(summary.period),
        keadaan=say(LIST_STATES[summary.state]),
        orang=number(say, summary.people),
    )


def adds_up(comparison: Comparison, say: Say) -> list[str]:
    """How everybody of both lists was counted, or that the counts do not agree."""
    total = comparison.total
    both = total.in_both
    lines = [
        say(
            "Daftar {nomor}: {semua} orang = {hilang} hilang + {tetap} di kedua daftar + {ragu} perlu dilihat.",
            nomor=comparison.before.id,
            semua=number(say, total.before),
            hilang=number(say, total.removed),
            tetap=number(say, both),
            ragu=number(say, total.unsure_before),
        ),
        say(
            "Daftar {nomor}: {semua} orang = {baru} baru + {tetap} di kedua daftar + {ragu} perlu dilihat.",
            nomor=comparison.after.id,
            semua=number(say, total.after),
            baru=number(say, total.added),
            tetap=number(say, both),
            ragu=number(say, total.unsure_after),
        ),
    ]
    return lines if comparison.agrees else [*lines, say("Jumlahnya tidak cocok. Jangan dipakai; beri tahu pengelola.")]


def of_kelurahan(sums: Sums) -> tuple[int, ...]:
    """The columns of a kelurahan, as `columns` names them."""
    unsure = sums.unsure_before + sums.unsure_after
    return (
        sums.before, sums.after, sums.removed, sums.added, sums.stays, sums.left, sums.came, sums.changed, unsure
    )  # fmt: skip


def columns(comparison: Comparison, say: Say) -> tuple[str, ...]:
    """The names of these columns."""
    return (
        say("Daftar {nomor}", nomor=comparison.before.id),
        say("Daftar {nomor}", nomor=comparison.after.id),
        *(say(KINDS[one]) for one in (Kind.REMOVED, Kind.ADDED)),
        say("Tetap"),
        say("Pindah keluar"),
        say("Pindah masuk"),
        *(say(KINDS[one]) for one in (Kind.CHANGED, Kind.UNSURE)),
    )


def home(side: Side, say: Say) -> str:
    """`RT 003/RW 005, Tegal Gundil`."""
    numbers = "/".join(
        f"{name} {number:03}" for name, number in (("RT", side.rt), ("RW", side.rw)) if number is not None
    )
    return ", ".join(filter(None, (numbers, side.kelurahan or say("kelurahan tidak diketahui"))))


def standing(side: Side, say: Say) -> str:
    """`dicoret: tercatat sudah meninggal dunia`."""
    state = say(STATES.get(side.state, STATES[State.ENTITLED]))
    return f"{state}: {say(REASONS[side.reason])}" if side.reason and side.reason in REASONS else state


def amount(side: Side, say: Say) -> str:
    """`Rp600.000`, or that the list names none."""
    return say("tanpa nilai") if side.amount is None else say.rupiah(side.amount)


def differences(line: Line, say: Say) -> Iterator[tuple[str, str, str]]:
    """What is said differently: what, before, after."""
    outside = say("di luar wilayah kantor ini")
    if line.was is None or line.now is None:
        if line.elsewhere:
            told = [home(side, say) if side else outside for side in (line.was, line.now)]
            yield say("Tempat tinggal"), told[0], told[1]
        return
    was, now = line.was, line.now
    if What.NAME in line.what:
        yield say("Nama"), was.name, now.name
    if What.PLACE in line.what:
        yield say("Tempat tinggal"), home(was, say), home(now, say)
    if What.AMOUNT in line.what:
        yield say("Nilai bantuan"), amount(was, say), amount(now, say)
    if What.STATE in line.what:
        yield say("Keadaan"), standing(was, say), standing(now, say)
    if What.NIK in line.what:
        yield say("NIK"), _last(was.nik, say), _last(now.nik, say)
    if What.KK in line.what:
        yield say("Nomor KK"), _last(was.kk, say), _last(now.kk, say)


def on_list(line: Line, comparison: Comparison, say: Say) -> str:
    """Which of both lists says it."""
    return say("Daftar {nomor}", nomor=comparison.before.id if line.now is None else comparison.after.id)


def _last(digits: str | None, say: Say) -> str:
    return f"…{digits}" if digits else say("kosong")
