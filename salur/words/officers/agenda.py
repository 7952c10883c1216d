"""What waits, as the first page after signing in says it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from salur.core.agenda.answers import Waiting, Work
from salur.words.language import N_, Say

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
    }
)


def label(waiting: Waiting, say: Say) -> str:
    """What it is that waits."""
    return say(LABELS[waiting.work])
