"""What is said of a list of heads, and of RT without an account."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from types import MappingProxyType

from salur.core.errors import Refused, UnreadableFile
from salur.core.rollout.answers import MOST_AT_ONCE, RefusedHead
from salur.words.language import N_, Say

WHY_NOT: Mapping[str, str] = MappingProxyType(
    {
        "head_role": N_("Jabatannya bukan RT atau RW."),
        "head_rw": N_("Nomor RW belum ada, atau bukan angka."),
        "head_rt": N_("Nomor RT belum ada, atau bukan angka."),
        "head_ends": N_("Akhir masa tugas bukan tanggal, atau sudah lewat. Tulis misalnya 31-12-2028."),
        "head_kelurahan": N_("Kelurahan ini tidak ada di wilayah Anda."),
        "head_kelurahan_twice": N_("Ada dua kelurahan dengan nama ini di wilayah Anda. Undang lewat kelurahannya."),
    }
)


def why_not(one: RefusedHead, say: Say) -> str:
    """Why a row was not used."""
    return say(WHY_NOT[one.code])


def problem(error: UnreadableFile | Refused, say: Say) -> str:
    """Why a whole file was not used."""
    if error.code == "too_many_heads":
        return say("Paling banyak {n} baris dalam satu berkas. Bagi dulu berkasnya.", n=MOST_AT_ONCE)
    if error.code in ("no_header", "nobody_in_it"):
        return say("Tidak ada baris yang bisa dibaca. Baris judul perlu: Nama, Jabatan, RT, RW, Kelurahan.")
    return say("Berkas ini tidak bisa dibaca. Kirim xlsx atau csv.")


def by_rw(missing: Iterable[tuple[int, int]], say: Say) -> list[str]:
    """`RW 005: RT 001, 003` for each RW."""
    return [
        say("RW {rw}: RT {rt}", rw=f"{rw:03}", rt=", ".join(f"{rt:03}" for _, rt in group))
        for rw, group in groupby(missing, key=lambda pair: pair[0])
    ]
