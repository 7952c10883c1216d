"""Sentences of signing in, invitations and accounts."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from salur.words.language import Say, mark

# Code of what is refused -> words.
ACCOUNT_SLIPS: Mapping[str, str] = MappingProxyType(
    {
        "wrong_password": mark("Nama pengguna dan kata sandi itu tidak cocok. Periksa lagi keduanya."),
        "wrong_code": mark("Kode itu tidak cocok atau sudah dipakai. Tunggu kode berikutnya, lalu ketik lagi."),
        "sign_in_over": mark("Waktunya habis. Masuk lagi dari awal."),
        "second_factor_required": mark("Untuk Dinas Sosial, kode dari aplikasi wajib dipakai."),
        "bad_invitation": mark(
            "Kode itu tidak berlaku. Mungkin salah ketik, sudah dipakai, atau lewat tujuh hari. Minta kode baru"
            " kepada yang mengundang."
        ),
        "password_short": mark("Kata sandi paling sedikit 10 huruf atau angka. Beberapa kata biasa juga boleh."),
        "password_long": mark("Kata sandi terlalu panjang. Paling banyak 200 huruf."),
        "password_easy": mark("Kata sandi itu mudah ditebak. Pilih beberapa kata yang tidak berhubungan."),
        "passwords_differ": mark("Kedua kata sandi tidak sama. Ketik lagi keduanya."),
        "username_shape": mark("Nama pengguna: 3 sampai 30 huruf kecil atau angka, boleh titik, misalnya rt02.rw05."),
        "username_taken": mark("Nama pengguna itu sudah dipakai. Pilih yang lain."),
        "may_not_invite": mark("Anda hanya bisa mengundang tingkat tepat di bawah Anda, di wilayah Anda sendiri."),
        "bad_territory": mark("Wilayahnya belum lengkap. Pilih wilayah, dan isi nomor RT atau RW."),
        "no_such_region": mark("Wilayah itu tidak ada di daftar."),
        "no_such_account": mark("Akun itu tidak ada, atau sudah ditutup."),
        "no_such_invitation": mark("Undangan itu tidak ada lagi."),
    }
)

ENDED: Mapping[str | None, str] = MappingProxyType(
    {
        None: mark("masih masuk"),
        "left": mark("keluar sendiri"),
        "idle": mark("berakhir, 30 menit tidak dipakai"),
        "password": mark("berakhir, kata sandi diganti"),
        "closed": mark("berakhir, akun ditutup"),
        "revoked": mark("diakhiri dari tempat lain"),
    }
)


def ended(why: str | None, say: Say) -> str:
    """How a sign-in ended."""
    return say(ENDED.get(why, ENDED["left"]))
