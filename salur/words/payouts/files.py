"""What operators read of a report of payments or a schedule: what becomes of its rows, and its life so far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import tzinfo

from salur.core.lists.kinds import Fault, RowId
from salur.core.payouts.answers import FileKind, FileReport, FileState, NotUsed, PayoutFile
from salur.words.language import N_, Say
from salur.words.lists.counts import number
from salur.words.lists.drafts import LEFT_OUT
from salur.words.lists.standing import moment
from salur.words.payouts.reasons import USED, why

ROWS_SHOWN = 10
NOTHING_FITS = N_("Tidak ada baris yang dapat dipakai; tidak ada yang ditulis.")
AGREE = N_("Tidak ada yang ditulis. Perbaiki berkasnya, atau tambahkan --ya kalau semua ini benar.")
COMMANDS: Mapping[FileKind, str] = {FileKind.PAYMENTS: "payments", FileKind.SCHEDULE: "schedule"}
FILE_STATES: Mapping[FileState, str] = {
    FileState.DRAFT: N_("konsep"),
    FileState.PUBLISHED: N_("berlaku"),
    FileState.UNDONE: N_("dibatalkan"),
}
_DRAFTS: Mapping[FileKind, str] = {
    FileKind.PAYMENTS: N_("Laporan pembayaran {nomor} adalah konsep; belum dilihat warga."),
    FileKind.SCHEDULE: N_("Jadwal {nomor} adalah konsep; belum dilihat warga."),
}
_PUBLISHED: Mapping[FileKind, str] = {
    FileKind.PAYMENTS: N_("Laporan pembayaran {nomor} berlaku: {rincian}. Warga sudah dapat melihatnya."),
    FileKind.SCHEDULE: N_("Jadwal {nomor} berlaku: {rincian}. Warga sudah dapat melihatnya."),
}
_UNDONE: Mapping[FileKind, str] = {
    FileKind.PAYMENTS: N_("Laporan pembayaran {nomor} dibatalkan. Keadaan sebelumnya berlaku lagi."),
    FileKind.SCHEDULE: N_("Jadwal {nomor} dibatalkan. Keadaan sebelumnya berlaku lagi."),
}
_PUT_AWAY: Mapping[FileKind, str] = {
    FileKind.PAYMENTS: N_("Konsep laporan pembayaran {nomor} dibuang."),
    FileKind.SCHEDULE: N_("Konsep jadwal {nomor} dibuang."),
}


def what_became_of_rows(report: FileReport, faults: Iterable[Fault], say: Say) -> list[str]:
    """The sum, the reasons, what is wrong with rows that are used all the same, and what is asked."""
    counts = _parts(report.counts, report.not_used, say)
    lines = [say("Baris berisi {isi} = {rincian}.", isi=number(say, report.rows), rincian=counts)]
    lines += why_not_used(report.not_used, say)
    out = {row for row, *_ in report.not_used}
    asked = {(row, code) for row, code, _ in report.questions}
    if wrong := [(row, code) for row, _, code in faults if row not in out and (row, code) not in asked]:
        lines += [say("Dipakai, tetapi ada yang salah:"), *_by_reason(wrong, say)]
    if report.questions:
        lines += [say("Ditanyakan sebelum diambil:"), *_by_reason([one[:2] for one in report.questions], say)]
    return lines


def what_was_drafted(kind: FileKind, id: int, say: Say) -> list[str]:
    """That it is a draft, and how to go on."""
    return [
        say(_DRAFTS[kind], nomor=id),
        say("Untuk menerbitkan: {perintah}", perintah=f"{COMMANDS[kind]} publish {id}"),
        say("Untuk membuangnya: {perintah}", perintah=f"{COMMANDS[kind]} undo {id}"),
    ]


def what_holds_now(file: PayoutFile, say: Say) -> list[str]:
    """That it is published, and how to take it back."""
    rincian = ", ".join(_used(file.counts, say))
    perintah = f"{COMMANDS[file.kind]} undo {file.id}"
    return [
        say(_PUBLISHED[file.kind], nomor=file.id, rincian=rincian),
        say("Untuk membatalkan: {perintah}", perintah=perintah),
    ]


def what_was_undone(file: PayoutFile, say: Say, *, was_draft: bool) -> str:
    """That it no longer holds, or never did."""
    return say((_PUT_AWAY if was_draft else _UNDONE)[file.kind], nomor=file.id)


def file_in_a_line(file: PayoutFile, say: Say) -> str:
    """One of many files."""
    named = f"{file.programme or ''} {file.period or ''}".strip() or say("menurut barisnya")
    parts = _parts(file.counts, file.not_used, say)
    return f"{file.id:>4}  {say(FILE_STATES[file.state]):11} {named:22} " + say(
        "Baris berisi {isi} = {rincian}.", isi=number(say, file.rows), rincian=parts
    )


def how_file_stands(file: PayoutFile, zone: tzinfo, say: Say) -> list[str]:
    """One file in full; times as the clocks of the city show them."""
    lines = [file_in_a_line(file, say), say("Diimpor {waktu}.", waktu=moment(file.imported_at, zone, say))]
    if file.published_at is not None:
        lines.append(say("Diterbitkan {waktu}.", waktu=moment(file.published_at, zone, say)))
    if file.undone_at is not None:
        lines.append(say("Dibatalkan {waktu}.", waktu=moment(file.undone_at, zone, say)))
    return lines + why_not_used(file.not_used, say)


def why_not_used(not_used: Sequence[NotUsed], say: Say) -> list[str]:
    """Each reason with its first rows."""
    return _by_reason([(row, code) for row, code, _ in not_used], say)


def _parts(counts: Mapping[str, int], not_used: Sequence[NotUsed], say: Say) -> str:
    refused = sum(line.refused for line in not_used)
    parts = _used(counts, say)
    parts.append(say("{jumlah} ditolak", jumlah=number(say, refused)))
    parts.append(say("{jumlah} tidak dipakai", jumlah=number(say, len(not_used) - refused)))
    return " + ".join(parts)


def _used(counts: Mapping[str, int], say: Say) -> list[str]:
    return [say(USED[what], jumlah=number(say, count)) for what, count in counts.items() if count] or ["0"]


def _by_reason(rows: Iterable[tuple[RowId, str]], say: Say) -> list[str]:
    by_code: dict[str, list[str]] = defaultdict(list)
    for row, code in rows:
        by_code[code].append(str(row))
    return [
        f"{number(say, len(found)):>6} × {_reason(code, found, say)}"
        for code, found in sorted(by_code.items(), key=lambda item: -len(item[1]))
    ]


def _reason(code: str, rows: Sequence[str], say: Say) -> str:
    baris = ", ".join(rows[:ROWS_SHOWN])
    if len(rows) > ROWS_SHOWN:
        sisa = number(say, len(rows) - ROWS_SHOWN)
        baris = say("{baris}, dan {jumlah} lagi (semuanya dengan --json)", baris=baris, jumlah=sisa)
    if code in _LEFT_OUT:
        return say("tidak dipakai, {sebab}: baris {baris}", sebab=say(_LEFT_OUT[code]), baris=baris)
    return say("{sebab} Baris {baris}.", sebab=why(code, say), baris=baris)


_LEFT_OUT: Mapping[str, str] = {str(reason): words for reason, words in LEFT_OUT.items()}
