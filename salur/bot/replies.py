"""The sentences that only the bot says; what both doors say is in `salur.words`."""

from __future__ import annotations

from salur import words
from salur.core.nik import Identity
from salur.words import Say


def start(say: Say) -> str:
    """What Salur does, what it never asks for, and what to do now."""
    return _paragraphs(
        say("*Cek bantuan sosial*"),
        say("Cari tahu apakah nama Anda terdaftar, berapa bantuannya, kapan, dan di mana diambil. Gratis."),
        "🔒 " + words.trust(say) + " " + say("Nomor telepon juga tidak."),
        say("Mulai sekarang: ketik *NIK*, 16 angka di KTP."),
    )


def ask_number(say: Say) -> str:
    """The first question."""
    return _paragraphs(
        say("Ketik *NIK*: 16 angka di KTP. Nomor KK atau kode di surat pemberitahuan juga bisa."),
        say("Jangan kirim foto. Pesan berisi nomor kami hapus setelah dibaca."),
    )


def ask_name(identity: Identity, gone: bool, say: Say) -> str:
    """The second question, which says what the number was taken for and whether its message is gone."""
    what = words.recognised(identity, say)
    what = what[:1].upper() + what[1:]
    told = say("{nomor} sudah kami baca.", nomor=what)
    told += (" " if gone else "\n") + deleted_or_not(say, gone)
    return _paragraphs(told, say("Sekarang ketik *nama* seperti di KTP."))


def refused_number(why: str, gone: bool, say: Say) -> str:
    """A slip in the number, and another try."""
    return _paragraphs(why, deleted_or_not(say, gone), say("Ketik lagi nomornya."))


def need_number(say: Say) -> str:
    """Words where a number was asked for."""
    return say("Nomornya dulu, ya. Ketik *NIK*: 16 angka di KTP. Namanya kami tanyakan sesudah itu.")


def not_deleted(say: Say) -> str:
    """What to do about a message with a number that stays in the chat."""
    return say("Pesan Anda *tidak bisa kami hapus*. Hapus sendiri: tekan lama pesannya, lalu pilih Hapus.")


def deleted(say: Say) -> str:
    """A message is gone."""
    return say("Pesan Anda sudah kami hapus.")


def cancelled(say: Say) -> str:
    """A check was stopped."""
    return say("Baik, dibatalkan. Nomor yang tadi sudah kami lupakan.")


def nothing_to_cancel(say: Say) -> str:
    """There was nothing to stop."""
    return say("Tidak ada yang sedang berjalan. Tidak ada nomor yang kami simpan.")


def lost_thread(say: Say) -> str:
    """A message that follows on nothing the bot remembers."""
    return _paragraphs(
        say("Maaf, kami tidak tahu pesan ini lanjutan dari apa."),
        say(
            "Tadi sedang mengecek? Salur tidak menyimpan percakapan:"
            " sesudah 10 menit, atau kalau Salur dinyalakan ulang, semuanya dilupakan."
        ),
        say("Mulai lagi: ketik *NIK*, 16 angka di KTP."),
    )


def you_are_welcome(say: Say) -> str:
    """To thanks."""
    return say("Sama-sama. Mau cek lagi? Ketik *NIK*: 16 angka di KTP.")


def lost_button(say: Say) -> str:
    """A button whose meaning is gone."""
    return say("Maaf, tombol itu sudah tidak berlaku. Mulai lagi dari sini.")


def unknown_command(say: Say) -> str:
    """A command the bot does not have, and those it has."""
    return _paragraphs(say("Perintah itu tidak ada."), commands(say))


def commands(say: Say) -> str:
    """All commands, one a line."""
    return _lines(
        say("/cek: cek bantuan"),
        say("/jadwal: jadwal di kelurahan"),
        say("/edaran: surat dari pemerintah"),
        say("/ajukan: ajukan penerima, lapor potongan"),
        say("/tiket: lihat pengajuan Anda"),
        say("/bantuan: petunjuk, dan tempat melapor"),
        say("/bahasa: ganti bahasa"),
        say("/privasi: data Anda di sini"),
        say("/batal: berhenti"),
    )


def help_text(say: Say, site: str) -> str:
    """Where the numbers stand, what to do when it does not work, where to report."""
    return _paragraphs(
        say("*Petunjuk*"),
        _lines(
            say("• NIK: 16 angka di KTP, tepat di atas nama."),
            say("• Nomor KK: 16 angka di Kartu Keluarga, tepat di bawah judul."),
            say("• Kode surat: di surat pemberitahuan, di dekat kotak QR."),
        ),
        say("Setelah tiga kali salah, nomor yang sama baru bisa dicoba lagi sehari kemudian."),
        say("Tidak ditemukan, atau nomor ditutup? Datang ke kelurahan dengan KTP asli dan KK asli."),
        say("Mengambil bantuan itu gratis. Ada yang minta bagian? *Laporkan:*"),
        _lines(*(f"• *{name}*: {how}" for name, how in words.where_to_report(say))),
        commands(say),
        say("Situs Salur: {alamat}", alamat=f"{site}/bantuan") if site else "",
    )


def privacy(say: Say, site: str) -> str:
    """What becomes of what is typed here."""
    return _paragraphs(
        say("*Data Anda di Telegram*"),
        _lines(
            say("• Pesan Telegram lewat server di luar negeri. Tidak mau? Pakai situs Salur atau datang ke kelurahan."),
            say("• Nomor dan nama dipakai untuk satu pencarian, lalu dilupakan. Percakapan tidak disimpan."),
            say("• Pesan berisi nomor kami hapus dari obrolan ini begitu dibaca."),
            say("• Yang dicatat: data itu dilihat lewat Telegram, kapan, dan berapa kali dicoba. Tanpa nama Anda."),
            say("• Ketua RT/RW dan petugas yang melihat data Anda juga dicatat: kapan dan jabatannya."),
            say(
                "• Lihat sendiri catatan itu: cek dulu, lalu tekan *Siapa melihat data saya?* Salah? Minta diperbaiki."
            ),
            say("• Pengajuan dan laporan disimpan terkunci, dan dihapus kira-kira 13 bulan setelah selesai."),
            say("• Minta dikabari, atau akun petugas terhubung? Nomor obrolan ini disimpan terkunci sampai dilepas."),
        ),
        say("Situs Salur: {alamat}", alamat=f"{site}/privasi") if site else "",
    )


def ask_language(say: Say) -> str:
    """Which language? And how long that is remembered."""
    return _lines(
        say("Pilih bahasa."), say("Pilihan ini hanya diingat selama Salur menyala. Kalau berubah, pilih lagi.")
    )


def language_chosen(say: Say) -> str:
    """In the new language."""
    return say("Baik. Sekarang kami memakai {bahasa}.", bahasa=words.LANGUAGES[say.code])


def too_fast(say: Say) -> str:
    """Someone sends more than can be read."""
    return say(
        "Pesan datang terlalu cepat. Sebagian tidak kami baca dan tidak kami hapus."
        " Tunggu sebentar, lalu kirim satu per satu."
    )


def in_group(say: Say, gone: bool) -> str:
    """A number was written in a group."""
    return _paragraphs(
        say("*Jangan tulis NIK atau nomor KK di grup.* Semua anggota bisa membacanya."),
        deleted_or_not(say, gone),
        say("Salur hanya menjawab nomor di obrolan pribadi."),
    )


def not_in_group(say: Say) -> str:
    """A check was started in a group."""
    return say("Di grup Salur tidak menerima nomor, karena semua anggota bisa membacanya. Buka obrolan pribadi.")


def hello_group(say: Say) -> str:
    """What the bot can do in a group."""
    return _paragraphs(
        say("Salur memberi tahu jadwal bantuan sosial. Ketik /jadwal dan nama kelurahan."),
        say("Cek nama hanya di obrolan pribadi. Jangan tulis NIK di grup."),
        words.trust(say),
    )


def deleted_or_not(say: Say, gone: bool) -> str:
    """Whether a message is gone."""
    return deleted(say) if gone else not_deleted(say)


def edited(say: Say) -> str:
    """A message was changed afterwards."""
    return say("Pesan yang diubah tidak kami baca ulang. Kirim sebagai pesan baru.")


def ask_kelurahan(say: Say) -> str:
    """Whose schedule?"""
    return say("Kelurahan atau desa mana? Ketik namanya, misalnya *Tegalgundil*.")


def ask_kelurahan_in_group(say: Say) -> str:
    """In a group the name comes with the command: other messages there are none of the bot's business."""
    return say("Ketik nama kelurahan di belakang perintah, misalnya: /jadwal Tegalgundil")


def which_kelurahan(say: Say) -> str:
    """Several fit."""
    return say("Yang mana?")


def no_such_kelurahan(say: Say) -> str:
    """None fits."""
    return say("Kami tidak menemukan jadwal untuk nama itu. Periksa tulisannya. Ketik nama kelurahan atau desa saja.")


def sitting_gone(say: Say) -> str:
    """A calendar file of a sitting that is no more."""
    return say("Jadwal itu sudah tidak berlaku. Cek lagi untuk jadwal yang baru.")


def calendar_caption(say: Say) -> str:
    """What to do with the file."""
    return say("Buka berkas ini untuk menyimpannya di kalender. Ponsel akan mengingatkan sehari sebelumnya.")


def photo(say: Say, gone: bool) -> str:
    """A picture, mostly of a KTP."""
    return _paragraphs(
        say("Kami tidak membaca foto atau berkas. *Jangan kirim foto KTP atau KK*, di sini maupun kepada siapa pun."),
        deleted_or_not(say, gone),
        say("Ketik saja *NIK*: 16 angka di KTP."),
    )


def voice(say: Say, gone: bool) -> str:
    """A voice or video message."""
    return _paragraphs(
        say("Maaf, kami belum bisa mendengarkan suara atau video. Tolong diketik."), deleted_or_not(say, gone)
    )


def contact(say: Say, gone: bool) -> str:
    """A phone number or a location."""
    return _paragraphs(
        say("Salur tidak memerlukan nomor telepon atau lokasi Anda."),
        deleted_or_not(say, gone),
        say("Mau cek bantuan? Ketik *NIK*: 16 angka di KTP."),
    )


def not_text(say: Say) -> str:
    """A sticker, a die, a poll."""
    return say("Kami hanya membaca tulisan. Mau cek bantuan? Ketik *NIK*: 16 angka di KTP.")


def _lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
