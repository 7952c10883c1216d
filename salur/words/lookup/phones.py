"""What is said of word that comes to a phone by itself, into its browser."""

from __future__ import annotations

from salur.words.language import N_, Say
from salur.words.lookup.following import what_is_told

NOTHING = N_("HP ini tidak dikabari tentang apa pun.")


def consent(say: Say) -> tuple[str, ...]:
    """What somebody agrees to who is told on a phone, point by point."""
    return (
        what_is_told(say),
        say("Dua hari sebelum pengambilan, dan pagi harinya, Anda diingatkan. Malam hari tidak."),
        say("Kabarnya menyebut bantuan, tempat, jumlah, dan inisial. Tanpa NIK, tanpa nama lengkap."),
        say("Kabarnya muncul di layar, *juga saat HP terkunci*. Siapa saja yang pegang HP ini bisa membacanya."),
        say(
            "Kabarnya lewat server pembuat aplikasi internet Anda, misalnya Google atau Apple, *di luar negeri*."
            " Isinya terkunci: mereka *tidak bisa membacanya*. Mereka tahu bahwa ada kiriman, dan kapan."
        ),
        say(
            "Alamat kiriman HP ini disimpan terkunci. Berhenti kapan saja: buka halaman ini, atau tekan kabarnya, lalu"
            " tekan *Berhenti*. Alamat itu lalu dihapus."
        ),
    )


def needs_ios(say: Say) -> str:
    """Which iPhones can be told at all."""
    return say(
        "iPhone dan iPad perlu iOS 16.4 atau lebih baru. Masih yang lama? Buka Pengaturan, pilih Umum, lalu Pembaruan"
        " Perangkat Lunak."
    )


def told(count: int, say: Say) -> str:
    """Of how many answers this phone is told."""
    if not count:
        return say(NOTHING)
    return say.plural(
        "HP ini dikabari tentang {n} jawaban.",
        "HP ini dikabari tentang {n} jawaban.",
        count,
    )


def something_new(say: Say) -> str:
    """Shown where what was sent cannot be read: a browser has to show something."""
    return say("Ada kabar tentang bantuan Anda. Buka Salur, lalu cek lagi.")


def ended_by_itself(say: Say) -> str:
    """Shown where the browser has given the phone another address, and nothing reaches it any more."""
    return say("HP ini tidak dikabari lagi. Buka Salur, cek lagi, lalu tekan Kabari saya.")


def done(what: str, say: Say) -> str:
    """What was just done here: `begun`, `already`, `ended`."""
    if what == "ended":
        return say("*HP ini tidak dikabari lagi.*")
    return (
        say("*HP ini sudah dikabari* tentang jawaban itu.")
        if what == "already"
        else say("*Baik, kami kabari di HP ini.*")
    )


def after(what: str, say: Say) -> str:
    """And what follows from it."""
    if what == "ended":
        return say("Alamat kiriman HP ini, dan semua kabar yang menunggu, sudah dihapus.")
    return say("Berhenti kapan saja: tekan kabarnya, atau buka halaman Kabari saya di HP ini.")
