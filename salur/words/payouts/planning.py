"""What an office reads while it plans: what a draft does, what speaks against it, and why not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from salur.core.payouts.answers import FileState, PayoutFile, Question
from salur.core.payouts.planning.answers import Change
from salur.words.language import N_, Say
from salur.words.lists.refusals import why_not
from salur.words.payouts.areas import in_brief
from salur.words.payouts.files import why_not_used
from salur.words.payouts.reasons import USED, why

ROWS_NAMED = 8
DOES: Mapping[str, str] = {
    "added": N_("Baru"),
    "changed": N_("Berubah"),
    "deadline": N_("Hari terakhir berubah"),
    "unchanged": N_("Tetap"),
    "cancelled": N_("Dibatalkan"),
}
STATES: Mapping[FileState, str] = {
    FileState.DRAFT: N_("konsep"),
    FileState.PUBLISHED: N_("berlaku"),
    FileState.UNDONE: N_("dibatalkan"),
}
SIGNS: Mapping[FileState, str] = {FileState.DRAFT: "○", FileState.PUBLISHED: "✓", FileState.UNDONE: "✕"}
PLANNING_SLIPS: Mapping[str, str] = {
    "cannot_split": N_("Jadwal untuk satu RT tidak dapat dibagi lagi."),
    "file_imported_before": N_("Berkas ini sudah pernah diunggah sebagai jadwal. Batalkan dulu jadwal itu."),
    "file_not_a_draft": N_("Jadwal ini bukan konsep lagi."),
    "meanwhile": N_("Sementara itu ada yang berubah. Periksa lagi yang tampil di sini, lalu ulangi."),
    "in_both": N_("Nomor yang sama ada di kedua bagian."),
    "no_such_file": N_("Jadwal itu tidak ada lagi."),
    "no_such_sitting": N_("Pembayaran itu tidak ada lagi di jadwal."),
    "not_agreed": N_("Centang dulu setiap hal yang perlu disetujui."),
    "nobody_goes": N_("Pilih siapa yang dipindah."),
    "nobody_stays": N_("Kalau semuanya pindah, pakai Pindahkan."),
    "nothing_fits": N_("Tidak ada baris yang dapat dipakai."),
    "rows_lost": N_("Jumlah baris tidak cocok. Tidak ada yang ditulis. Laporkan ini kepada pengelola Salur."),
    "undo_first": N_("Jadwal yang lebih baru dibangun di atas jadwal ini. Batalkan dulu yang lebih baru."),
    "undone_already": N_("Jadwal ini sudah dibatalkan."),
}
UNREAD: Mapping[str, str] = {
    "names_people": N_("Berkas ini menyebut orang. Itu bukan jadwal; unggah di Kelola daftar."),
    "no_header": N_(
        "Tidak ada baris dengan nama kolom yang dikenal. Perlu paling sedikit tempat atau kelurahan, dan hari."
    ),
}
# What is asked, where more is known than the question.
ABOUT: Mapping[str, str] = {
    "public_holiday": N_("Hari libur: {hal}."),
    "place_closed": N_("Tempatnya tutup pada jam itu. Jam bukanya: {hal}."),
    "place_busy": N_("Pada jam itu di sana sudah ada pembayaran lain. Bersama-sama {hal} keluarga."),
    "place_full": N_("Terlalu banyak keluarga pada jam itu di sana: {hal} (yang datang/yang muat)."),
    "families_without_sitting": N_("{hal} keluarga yang masih harus dibayar tidak mendapat jadwal."),
    "families_left_out": N_("{hal} keluarga dari jadwal semula tidak mendapat jadwal lagi."),
}


def why_unread(code: str, facts: Mapping[str, object], say: Say) -> list[str]:
    """Why no draft was made of a workbook; where no row could be used, each reason with its first rows."""
    if code not in PLANNING_SLIPS and code not in UNREAD:
        return [why_not(code, facts, say)]
    told = [say(UNREAD.get(code) or PLANNING_SLIPS[code])]
    by_reason: dict[str, list[str]] = defaultdict(list)
    reasons = facts.get("reasons")
    for row, reason in reasons if isinstance(reasons, list) else []:
        by_reason[str(reason)].append(str(row))
    for reason, rows in by_reason.items():
        more = ", …" if len(rows) > ROWS_NAMED else ""
        told.append(f"{why(reason, say)} " + say("Baris {baris}.", baris=", ".join(rows[:ROWS_NAMED]) + more))
    return told


def does(change: Change, say: Say) -> str:
    """What is done, in a word."""
    return say(DOES[change.does])


def for_whom(change: Change, say: Say) -> str:
    """`Tegal Gundil RW 003–005, 212 keluarga`."""
    families = say.plural("{n} keluarga", "{n} keluarga", change.families)
    return f"{in_brief(change.areas)}, {families}"


def asked(questions: Sequence[Question], say: Say, *, rows: bool = True) -> list[tuple[str, str]]:
    """Each thing that is asked, once, with a name for its box; and its rows, if it came as rows."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in questions:
        found[one.code, one.about].append(str(one.row))
    told = []
    for number, ((code, about), where) in enumerate(found.items(), 1):
        sentence = say(ABOUT[code], hal=about) if code in ABOUT else why(code, say)
        if rows:
            more = ", …" if len(where) > ROWS_NAMED else ""
            sentence += " " + say("Baris {baris}.", baris=", ".join(where[:ROWS_NAMED]) + more)
        told.append((f"setuju-{number}", sentence))
    return told


def counts(file: PayoutFile, say: Say) -> str:
    """`12 baru, 3 berubah`."""
    told = [say(USED[what], jumlah=say.number(count)) for what, count in file.counts.items() if count]
    return ", ".join(told) or "–"


def not_used(file: PayoutFile, say: Say) -> list[str]:
    """Each reason with its first rows."""
    return [line.strip() for line in why_not_used(file.not_used, say)]


def state(file: PayoutFile, say: Say) -> str:
    """`konsep`."""
    return say(STATES[file.state])


def sign(file: PayoutFile) -> str:
    """A sign beside it."""
    return SIGNS[file.state]
