"""What an operator reads of an upload, of what is done with it, and of the list it becomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from salur.core.jobs.answers import Job
from salur.core.jobs.kinds import JobKind, JobState
from salur.core.lists.answers import Counts, Happened, Reason
from salur.core.lists.kinds import Coverage, ListEvent, ListState, State, Unit, WhyLeftOut
from salur.words.language import N_, Say
from salur.words.lists.changes import OF_STATE, WHY_AGREE, what_it_covers, whom_it_takes_off
from salur.words.lists.counts import number
from salur.words.lists.drafts import HOW_COLUMNS_ARE_KNOWN, LEFT_OUT
from salur.words.lists.standing import LIST_STATES

FEW_PLACES = 8
DOING: Mapping[JobKind, str] = {
    JobKind.READ: N_("Berkas sedang dibaca."),
    JobKind.CORRECT: N_("Baris perbaikan sedang dibaca."),
    JobKind.IMPORT: N_("Daftar sedang ditulis."),
    JobKind.PUBLISH: N_("Daftar sedang diterbitkan."),
    JobKind.CHANGE: N_("Perubahannya sedang dihitung."),
    JobKind.COMPARE: N_("Kedua daftar sedang dibandingkan."),
    JobKind.SCHEDULE: N_("Jadwal sedang dibaca."),
    JobKind.PRINT: N_("Surat sedang dibuat."),
    JobKind.SPREAD: N_("Keluarga sedang dibagi ke tempat, hari, dan jam."),
    JobKind.REPORT: N_("Laporan sedang dibaca dan dicocokkan dengan daftar."),
}
EVENTS: Mapping[ListEvent, str] = {
    ListEvent.IMPORTED: N_("Diimpor sebagai konsep"),
    ListEvent.PREPARED: N_("Berkasnya dikirim atau diperbaiki"),
    ListEvent.STATES_CONFIRMED: N_("Yang dicoret dan ditangguhkan sudah diperiksa"),
    ListEvent.PLANNED: N_("Penerbitan direncanakan"),
    ListEvent.CALLED_OFF: N_("Rencana penerbitan dibatalkan"),
    ListEvent.PUBLISHED: N_("Diterbitkan"),
    ListEvent.SUPERSEDED: N_("Digantikan daftar {nomor}"),
    ListEvent.WITHDRAWN: N_("Ditarik"),
    ListEvent.UNDONE: N_("Penerbitan dibatalkan"),
    ListEvent.IN_FORCE_AGAIN: N_("Berlaku lagi, karena daftar {nomor} dibatalkan"),
    ListEvent.RESTORED: N_("Dikembalikan"),
    ListEvent.ROW_ADDED: N_("Satu orang ditulis ke koreksi ini"),
    ListEvent.ROW_DROPPED: N_("Satu orang dikeluarkan dari koreksi ini"),
    ListEvent.CORRECTED: N_("Dikoreksi oleh daftar {nomor}"),
    ListEvent.ROWS_BACK: N_("Koreksi daftar {nomor} dibatalkan"),
}
COVERAGES: Mapping[Coverage, str] = {
    Coverage.KELURAHAN: N_("Seluruh kelurahan"),
    Coverage.RW: N_("Hanya RW yang ada di berkas"),
    Coverage.RT: N_("Hanya RT yang ada di berkas"),
}
AGREE: Mapping[Reason, str] = {
    **WHY_AGREE,
    Reason.RW_MISSING: N_(
        "Daftar ini mencakup seluruh kelurahan, tetapi ada RW yang tidak punya seorang pun lagi. Kalau berkasnya hanya"
        " untuk sebagian RW, tarik konsep ini, lalu impor lagi dengan cakupan RW."
    ),
}
SIGNS: Mapping[ListState, str] = {
    ListState.DRAFT: "○",
    ListState.PUBLISHED: "✓",
    ListState.SUPERSEDED: "↷",
    ListState.WITHDRAWN: "✕",
}


def doing(job: Job, now: datetime, say: Say) -> str:
    """How far a job is: `Berkas sedang dibaca. 12.000 dari 40.000. Kira-kira 2 menit lagi.`"""
    if job.state is JobState.WAITING:
        return say("Menunggu giliran.")
    if job.stop_asked:
        return say("Sedang dihentikan.")
    parts = [say(DOING[job.kind])]
    if job.total:
        parts.append(say("{jumlah} dari {semua}.", jumlah=number(say, job.done), semua=number(say, job.total)))
    elif job.done:
        parts.append(say("{jumlah} baris.", jumlah=number(say, job.done)))
    if (left := job.time_left(now)) is not None:
        parts.append(_left(left, say))
    return " ".join(parts)


def _left(left: timedelta, say: Say) -> str:
    minutes = round(left.total_seconds() / 60)
    return say("Kira-kira {menit} menit lagi.", menit=minutes) if minutes else say("Kurang dari satu menit lagi.")


def size(bytes: int, say: Say) -> str:
    """`1,4 MB`."""
    text = f"{max(bytes, 10_000) / 1_000_000:.{1 if bytes >= 100_000 else 2}f}"
    return f"{text if say.code == 'en' else text.replace('.', ',')} MB"


def how(code: str | None, say: Say) -> str:
    """How a column is known."""
    sentence = HOW_COLUMNS_ARE_KNOWN.get(code or "")
    return say(sentence) if sentence else ""


def left_out(why: str, say: Say) -> str:
    """Why rows are no entries."""
    return say(LEFT_OUT[WhyLeftOut(why)])


def list_state(state: ListState, say: Say) -> str:
    """`konsep`."""
    return say(LIST_STATES[state])


def sign(state: ListState) -> str:
    """A sign beside it."""
    return SIGNS.get(state, "")


def row_state(state: str | None, say: Say) -> str:
    """How somebody will stand, where that is not simply on the list."""
    return say(OF_STATE[State(state)]) if state in (State.TAKEN_OFF, State.SUSPENDED) else ""


def states(found: tuple[tuple[str, str | None, int], ...], say: Say) -> list[str]:
    """How many are taken off or suspended, by reason."""
    return [line.strip() for line in whom_it_takes_off({(state, reason): n for state, reason, n in found}, say)]


def coverage(which: str, say: Say) -> str:
    """What a list speaks for."""
    return say(COVERAGES[Coverage(which)])


def covers(which: str, units: Sequence[tuple[str, int, int]], names: Mapping[str, str], say: Say) -> str:
    """The places a list speaks for; of many only how many."""
    if len(units) > FEW_PLACES:
        return say("{cakupan}: {jumlah} tempat.", cakupan=coverage(which, say), jumlah=number(say, len(units)))
    return what_it_covers(Coverage(which), [Unit(*unit) for unit in units], names, say)


def agree(reason: Reason, say: Say, looks_like: str | None) -> str:
    """Why a change has to be agreed to."""
    return say(AGREE[reason], program=looks_like or "")


def event(happened: Happened, say: Say) -> str:
    """What was done with a list."""
    return say(EVENTS[happened.what], nomor=happened.other or "?")


def parts_of_a_year(say: Say) -> list[tuple[str, str]]:
    """What a period may be of its year: nothing of it, a tahap, a month; by its code."""
    stages = [(f"T{number}", say("Tahap {tahap}", tahap=number)) for number in range(1, 5)]
    months = [(f"B{number:02}", say.period(f"2026-B{number:02}").removesuffix(" 2026")) for number in range(1, 13)]
    return [("", say("Setahun penuh")), *stages, *months]


def percent(counts: Counts, say: Say) -> str:
    """How many of those before drop out: `12,5 %`."""
    if not counts.before:
        return "–"
    text = f"{100 * counts.dropped / counts.before:.1f}".removesuffix(".0")
    return f"{text if say.code == 'en' else text.replace('.', ',')} %"
