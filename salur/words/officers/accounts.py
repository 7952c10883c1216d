"""Sentences of signing in, invitations and accounts."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from salur.words.language import N_, Say

# Code of what is refused -> words.
ACCOUNT_SLIPS: Mapping[str, str] = MappingProxyType(
    {
        "own_password_wrong": N_("Kata sandi itu tidak cocok. Ketik kata sandi yang Anda pakai untuk masuk."),
        "wrong_password": N_("Nama pengguna dan kata sandi itu tidak cocok. Periksa lagi keduanya."),
        "wrong_code": N_("Kode itu tidak cocok atau sudah dipakai. Tunggu kode berikutnya, lalu ketik lagi."),
        "enrolment_code": N_(
            "Kode itu tidak cocok atau sudah dipakai. Gambar di bawah tetap sama: kalau sudah dipindai, tidak perlu"
            " lagi. Ketik kode terbaru dari aplikasi. Masih tidak cocok? Setel jam HP ke otomatis."
        ),
        "enrolment_over": N_(
            "Gambar yang tadi tidak berlaku lagi: satu gambar hanya untuk 15 menit. Pindai gambar baru di bawah, lalu"
            " ketik kode dari gambar itu."
        ),
        "sign_in_over": N_("Waktunya habis. Masuk lagi dari awal."),
        "second_factor_required": N_("Untuk Dinas Sosial, kode dari aplikasi wajib dipakai."),
        "bad_invitation": N_(
            "Kode itu tidak berlaku. Mungkin salah ketik, sudah dipakai, atau lewat tujuh hari. Akunnya sudah Anda"
            " buat? Langsung masuk. Belum? Minta kode baru kepada yang mengundang."
        ),
        "password_short": N_("Kata sandi paling sedikit 10 huruf atau angka. Beberapa kata biasa juga boleh."),
        "password_long": N_("Kata sandi terlalu panjang. Paling banyak 200 huruf."),
        "password_easy": N_("Kata sandi itu mudah ditebak. Pilih beberapa kata yang tidak berhubungan."),
        "passwords_differ": N_("Kedua kata sandi tidak sama. Ketik lagi keduanya."),
        "username_shape": N_("Nama pengguna: 3 sampai 30 huruf kecil atau angka, boleh titik, misalnya rt02.rw05."),
        "username_taken": N_("Nama pengguna itu sudah dipakai. Pilih yang lain."),
        "username_sample": N_("Undangan ini dari akun percobaan. Awali nama dengan coba., misalnya coba.rt02."),
        "may_not_invite": N_("Anda hanya bisa mengundang tingkat tepat di bawah Anda, di wilayah Anda sendiri."),
        "bad_territory": N_("Wilayahnya belum lengkap. Pilih wilayah, dan isi nomor RT atau RW."),
        "no_such_region": N_("Wilayah itu tidak ada di daftar."),
        "no_such_account": N_("Akun itu tidak ada, atau sudah ditutup."),
        "no_such_invitation": N_("Undangan itu tidak ada lagi."),
    }
)

ENDED: Mapping[str | None, str] = MappingProxyType(
    {
        None: N_("masih masuk"),
        "left": N_("keluar sendiri"),
        "idle": N_("berakhir, 30 menit tidak dipakai"),
        "password": N_("berakhir, kata sandi diganti"),
        "closed": N_("berakhir, akun ditutup"),
        "revoked": N_("diakhiri dari tempat lain"),
    }
)


def ended(why: str | None, say: Say) -> str:
    """How a sign-in ended."""
    return say(ENDED.get(why, ENDED["left"]))
