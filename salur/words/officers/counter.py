"""What is said at the counter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from types import MappingProxyType

from salur.core.counter.answers import NotSeen
from salur.core.errors import RanOut, TooManyAttempts
from salur.words.language import N_, Say

# Code of what is refused -> words.
COUNTER_SLIPS: Mapping[str, str] = MappingProxyType(
    {"ticket_at_the_desk": N_("Ini kode tiket pengajuan, bukan kode surat. Tiket dibuka pengirimnya sendiri.")}
)


def not_seen(missed: NotSeen, say: Say) -> str:
    """The same for an unknown number, a wrong name, and somebody of another area."""
    told = say(
        "Samakan dengan KTP: satu angka keliru sudah cukup. Mungkin juga orang ini tercatat di wilayah lain:"
        " itu tidak terlihat dari sini. Tanyakan di mana ia terdaftar dulu, atau hubungi Dinas Sosial."
    )
    once_more = say("Masih bisa dicoba satu kali lagi hari ini.")
    return f"{told} {once_more}" if missed.tries_left == 1 else told


def wait(error: TooManyAttempts, say: Say, now: datetime, zone: tzinfo) -> str:
    """Why an office has to wait, and until when."""
    until = say.wait(error.retry_in, now, zone)
    if error.scope is RanOut.ASKER:
        return say("Sudah terlalu banyak pencarian dari akun ini. Coba lagi *{kapan}*.", kapan=until)
    return say("Nomor ini sudah terlalu sering salah di loket. Coba lagi *{kapan}*.", kapan=until)
