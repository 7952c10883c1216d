"""What an office reads while it plans payment family by family: who comes where, who is left and why, why not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from salur.core.errors import Refused
from salur.core.payouts.spreading.answers import Left, Neighbourhood, RoundToPlan, Skipped, WantedSitting
from salur.words.language import N_, Say

SPREADING_SLIPS: Mapping[str, str] = {
    "days_unclear": N_("Hari terakhir harus sama dengan hari pertama, atau sesudahnya."),
    "hours_unclear": N_("Jam selesainya harus sesudah jam mulai."),
    "job_under_way": N_("Sebuah rencana kantor Anda masih dihitung. Tunggu sampai selesai, atau hentikan dulu."),
    "no_capacity": N_("Pembayaran ini tidak muat satu keluarga pun. Tambah jamnya, petugasnya, atau keluarga per jam."),
    "no_sittings": N_(
        "Belum ada pembayaran. Pada hari-hari itu semuanya libur atau tutup, atau belum ada yang dibuat."
    ),
    "no_such_job": N_("Hitungan itu tidak ada lagi."),
    "nobody_there": N_("Di RW atau RT itu tidak ada keluarga yang dapat ikut pembayaran ini."),
    "nobody_to_plan": N_("Tidak ada keluarga yang dapat dibagi di wilayah itu untuk tahap ini."),
    "plan_newer": N_("Keluarga di wilayah ini sudah ikut rencana yang lebih baru: rencana {plan}. Perbarui yang itu."),
    "plan_not_published": N_("Rencana ini belum terbit, atau sudah dibatalkan."),
    "planner_gone": N_("Akun yang meminta rencana ini sudah ditutup."),
    "sitting_full": N_("Pembayaran itu sudah penuh."),
    "sitting_past": N_("Waktunya sudah lewat."),
    "sitting_repeated": N_("Tempat, hari, dan jam ini sudah ada di baris lain."),
    "unknown_programme": N_("Program itu tidak ada."),
    "too_many_sittings": N_("Terlalu banyak: paling banyak 300 pembayaran dalam 120 hari. Bagi menjadi dua rencana."),
}
LEFT: Mapping[Left, tuple[str, str]] = {
    Left.PAID: (
        N_("Sudah dibayar, dikembalikan, atau gagal"),
        N_("Tidak perlu dijadwalkan, atau diputuskan satu per satu."),
    ),
    Left.SUSPENDED: (N_("Sedang dihentikan sementara"), N_("Dibayar lagi kalau daftarnya mengatakan begitu.")),
    Left.NOWHERE: (
        N_("RW-nya tidak tercatat"),
        N_("Tidak ada yang tahu mana yang dekat. Lengkapi daftarnya, atau pindahkan dengan tangan."),
    ),
    Left.NO_PLACE: (
        N_("Tidak ada tempat yang terbuka untuk kelurahannya"),
        N_("Tambahkan tempat, atau buka sebuah tempat untuk kelurahan ini."),
    ),
    Left.NO_ROOM: (N_("Tidak muat lagi"), N_("Tambah hari, jam, petugas, atau tempat.")),
    Left.OVER: (N_("Pembayarannya dalam rencana sebelum ini sudah lewat"), N_("Umumkan pembayaran susulan.")),
}
WEEKDAYS = (N_("Senin"), N_("Selasa"), N_("Rabu"), N_("Kamis"), N_("Jumat"), N_("Sabtu"), N_("Minggu"))


def round_label(one: RoundToPlan, say: Say) -> str:
    """`Program Keluarga Harapan, Tahap 1 tahun 2026 (1.204 orang di daftar)`."""
    told = say.plural("{n} orang di daftar", "{n} orang di daftar", one.people)
    return f"{one.programme_name}, {say.period(one.period)} ({told})"


def why_left(which: Left, say: Say) -> str:
    """`Tidak muat lagi`."""
    return say(LEFT[which][0])


def what_to_do(which: Left, say: Say) -> str:
    """What helps those who are left for this reason."""
    return say(LEFT[which][1])


def neighbourhood(where: Neighbourhood, names: Mapping[str, str], say: Say) -> str:
    """`Tegal Gundil RW 005 RT 003`; without numbers where none is told."""
    parts = [names.get(where.region_code) or where.region_code or say("wilayah tidak tercatat")]
    parts += [f"RW {where.rw:03}"] if where.rw is not None else [say("RW tidak tercatat")]
    parts += [f"RT {where.rt:03}"] if where.rt is not None else []
    return " ".join(parts)


def hours(wanted: WantedSitting, say: Say) -> str:
    """`08.00–12.00`."""
    return f"{clock(wanted.starts, say)}–{clock(wanted.ends, say)}"


def clock(time: dt.time, say: Say) -> str:
    """`08.00`."""
    return say.clock(dt.datetime.combine(dt.date.min, time))


def place_of(wanted: WantedSitting, places: Mapping[int, str], say: Say) -> str:
    """Its place, by the names of places; or that it is at home."""
    return say("Di rumah penerima") if wanted.place is None else places.get(wanted.place, f"({wanted.place})")


def sitting(wanted: WantedSitting, places: Mapping[int, str], say: Say) -> str:
    """`Senin, 23 Februari, 08.00–12.00, Aula Kelurahan`."""
    return f"{say.day_and_month(wanted.date)}, {hours(wanted, say)}, {place_of(wanted, places, say)}"


def skipped(days: Iterable[Skipped], say: Say) -> list[str]:
    """Each day that was left out, and why."""
    return [
        say("{hari}: {tempat} tutup pada jam itu ({jam}).", hari=say.date(one.day), tempat=one.place, jam=one.about)
        if one.place is not None
        else say("{hari}: {libur}.", hari=say.date(one.day), libur=one.about)
        for one in days
    ]


def full(refused: Refused, sittings: tuple[WantedSitting, ...], places: Mapping[int, str], say: Say) -> str | None:
    """How many more than there is room for, where that was refused; None of anything else."""
    if refused.code != "sitting_full":
        return None
    number, families, room = (int(str(refused.facts[name])) for name in ("sitting", "families", "room"))
    return say(
        "Tidak muat: {keluarga} keluarga akan datang, tempatnya tinggal untuk {muat}. Kelebihan {lebih}. ({jadwal})",
        keluarga=say.number(families),
        muat=say.number(room),
        lebih=say.number(families - room),
        jadwal=sitting(sittings[number], places, say),
    )
