"""What waits, as the first page after signing in says it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from salur.core.agenda.answers import Waiting, Work
from salur.core.following.answers import Day
from salur.core.notices.answers import Facts
from salur.words.language import N_, Say, plain
from salur.words.lookup.days import on_and_where

LABELS: Mapping[Work, str] = MappingProxyType(
    {
        Work.LATE: N_("Pengajuan yang terlambat"),
        Work.CASES: N_("Pengajuan yang menunggu Anda"),
        Work.TO_CHOOSE: N_("Tempat kosong yang ada penunggunya"),
        Work.CIRCULARS: N_("Edaran yang belum Anda tandai dibaca"),
        Work.NOT_COLLECTED: N_("Belum diambil, jadwalnya sudah lewat"),
        Work.LETTERS: N_("Surat yang belum diserahkan"),
        Work.WITHHELD: N_("RT yang suratnya tertahan"),
        Work.MARKS: N_("Tanda baru"),
        Work.MARKS_CONFIRMED: N_("Tanda yang sudah dibenarkan"),
        Work.SAME_NIK: N_("Data ganda: NIK yang sama"),
        Work.NIK_EXCLUSIVE: N_("Data ganda: satu NIK di dua program"),
        Work.HOUSEHOLD: N_("Data ganda: dua orang dalam satu KK"),
        Work.KK_EXCLUSIVE: N_("Data ganda: satu KK di dua program"),
        Work.ENDING: N_("Akun yang masa tugasnya segera selesai"),
        Work.INVITATIONS: N_("Undangan yang belum dipakai"),
        Work.PAID: N_("Bantuan yang sudah dibayarkan"),
    }
)


MOST_SITTINGS = 6  # that fit on a screen


def summary(facts: Facts, say: Say) -> str:
    """The morning's message to a head: days first, then counts. Nobody's name."""
    parts = [say("*Ringkasan wilayah Anda, {hari}*", hari=say.date(date.fromisoformat(facts["day"])))]
    if off := [{**one, "was": None} for one in facts.get("off", ())]:
        parts.append("\n".join(["⚠️ " + say("*Jadwal yang dibatalkan*"), *_sittings(off, say)]))
    if sittings := facts["sittings"]:
        parts.append("\n".join(["📅 " + say("*Jadwal baru atau berubah*"), *_sittings(sittings, say)]))
    counts, more = facts["counts"], facts.get("more", {})
    if told := [
        _count(words, counts[work], more.get(work, 0), say) for work, words in LABELS.items() if counts.get(work)
    ]:
        parts.append("\n".join(told))
    parts.append(say("Selengkapnya: masuk ke situs Salur. Tidak mau pemberitahuan apa pun lagi di sini? /lepas"))
    return "\n\n".join(parts)


def _count(words: str, count: int, more: int, say: Say) -> str:
    """How many there are in all, and how many of them came since the last summary."""
    told = f"• {say(words)}: {say.number(count)}"
    return told + (" " + say("(baru: {n})", n=say.number(more)) if 0 < more < count else "")


def _sittings(sittings: Sequence[Facts], say: Say) -> list[str]:
    lines = [_sitting(one, say) for one in sittings[:MOST_SITTINGS]]
    if (more := len(sittings) - MOST_SITTINGS) > 0:
        lines.append(say.plural("Dan {n} jadwal lain.", "Dan {n} jadwal lain.", more))
    return lines


def _sitting(one: Facts, say: Say) -> str:
    day, was = Day.read(one["day"]), Day.read(one["was"])
    assert day is not None
    told = f"• {plain(one['programme_name'])}: {on_and_where(day, say)}."
    return told + (" " + say("Dulu: {jadwal}.", jadwal=on_and_where(was, say)) if was is not None else "")


def label(waiting: Waiting, say: Say) -> str:
    """What it is that waits."""
    return say(LABELS[waiting.work])
