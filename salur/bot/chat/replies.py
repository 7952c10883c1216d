"""The sentences that only the bot says; what both doors say is in `salur.words`."""

from __future__ import annotations

from salur.core.people.nik import Identity
from salur.core.regions.office import Office
from salur.words.language import LANGUAGES, Say, plain
from salur.words.refusals import recognised
from salur.words.trust import how_to_reach, trust, where_to_report


def human(dinsos: Office | None, say: Say) -> str:
    """Where somebody can be spoken to; nothing where it is not known."""
    return f"🏢 *{plain(dinsos.name)}*: {plain(how_to_reach(dinsos, say))}" if dinsos else ""


def how_to_report(say: Say) -> str:
    """Behind *Laporkan*: where that is said in a chat."""
    return say("Cara melapor: /bantuan")


def start(say: Say) -> str:
    """What Salur does, what it never asks for, and what to do now."""
    return _paragraphs(
        say("*Cek bantuan sosial*"),
        say("Cari tahu apakah nama Anda terdaftar, berapa bantuannya, kapan, dan di mana diambil. Gratis."),
        "🔒 " + trust(say) + " " + say("Nomor telepon juga tidak."),
        say("Mulai sekarang: ketik *NIK*, 16 angka di KTP."),
    )


def ask_number(say: Say) -> str:
    """The first question."""
    return _paragraphs(
        say("Ketik *NIK*: 16 angka di KTP. Nomor KK, kode di surat pemberitahuan, atau kode tiket juga bisa."),
        say("Jangan kirim foto. Pesan berisi nomor kami hapus setelah dibaca."),
    )


def ask_name(identity: Identity, gone: bool, say: Say) -> str:
    """The second question, which says what the number was taken for and whether its message is gone."""
    what = recognised(identity, say)
    what = what[:1].upper() + what[1:]
    told = say("{nomor} sudah kami baca.", nomor=what)
    told += (" " if gone else "\n") + deleted_or_not(say, gone)
    return _paragraphs(told, say("Sekarang ketik *nama* seperti di KTP."))


def one_at_a_time(say: Say) -> str:
    """Several people in one message: the first is read."""
    return say("👥 Kami baca *satu orang dulu*: yang pertama. Yang kedua *belum dibaca*. Kirim sendiri sesudah ini.")


def one_name(say: Say) -> str:
    """Several lines where one name was asked for."""
    return say("*Satu nama dulu*, dalam satu baris: pemilik nomor tadi. Yang lain sesudah ini.")


def refused_number(why: str, gone: bool, say: Say) -> str:
    """A slip in the number, and another try."""
    return _paragraphs(why, deleted_or_not(say, gone), say("Ketik lagi nomornya."))


def need_number(say: Say) -> str:
    """Words where a number was asked for."""
    return say("Nomornya dulu, ya. Ketik *NIK*: 16 angka di KTP. Namanya kami tanyakan sesudah itu.")


def not_understood(times: int, say: Say) -> str:
    """What is said from the second message in a row on that says nothing to the bot: never twice the same."""
    if times == 2:
        return say("Belum kami mengerti juga. Ketik satu kata: *jadwal*, *berapa*, *di mana*, *ajukan*, atau *lapor*.")
    if times % 2:
        return say(
            "*Tanya orang saja, ya.* Datang ke kelurahan pada jam kerja, dengan KTP dan KK. Di sini hanya program."
        )
    return say("Ketik *NIK*: 16 angka di KTP. Atau tekan salah satu tombol.")


def hello(say: Say, *, salam: bool) -> str:
    """A greeting in the middle of a check."""
    return (say("Waalaikumsalam.") if salam else say("Halo.")) + " " + say("Ketik *NIK*: 16 angka di KTP.")


def well_then(say: Say) -> str:
    """To a nod."""
    return say("Baik. Mau cek lagi? Ketik *NIK*: 16 angka di KTP.")


def name_still(say: Say) -> str:
    """Something was asked where the name was waited for; the number is still in hand."""
    return say("Nomor tadi masih kami pegang. Lanjut? Ketik *nama* seperti di KTP.")


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
        say("Mau cek bantuan? Ketik *NIK*: 16 angka di KTP. Mau bertanya? Ketik saja, misalnya *kapan cair*."),
        say("Tadi sedang mengecek? Sesudah 10 menit, atau kalau Salur dinyalakan ulang, semuanya kami lupakan."),
    )


def you_are_welcome(say: Say) -> str:
    """To thanks."""
    return say("Sama-sama. Mau cek lagi? Ketik *NIK*: 16 angka di KTP.")


def lost_button(say: Say) -> str:
    """A button whose meaning is gone."""
    return say("Maaf, tombol itu sudah tidak berlaku. Mulai lagi dari sini.")


def check_again(say: Say) -> str:
    """Of that answer nothing is remembered any more."""
    return say("Demi keamanan, ini hanya bisa dibuka 10 menit sesudah mengecek. *Cek lagi dulu.*")


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
        say("/berhenti: tidak dikabari lagi"),
        say("/hapus: hapus data obrolan ini"),
        say("/batal: batalkan pertanyaan"),
    )


def help_text(say: Say, site: str, dinsos: Office | None) -> str:
    """Where the numbers stand, what to do when it does not work, where to report."""
    return _paragraphs(
        say("*Petunjuk*"),
        _lines(
            say("• NIK: 16 angka di KTP, tepat di atas nama."),
            say("• Nomor KK: 16 angka di Kartu Keluarga, tepat di bawah judul."),
            say("• Kode surat: di surat pemberitahuan, di dekat kotak QR."),
            say("• Kode tiket: di tanda terima pengajuan. Namanya: yang diketik waktu mengirim."),
        ),
        say("Setelah tiga kali salah, nomor yang sama baru bisa dicoba lagi sehari kemudian."),
        say("Tidak ditemukan, atau nomor ditutup? Datang ke kelurahan dengan KTP asli dan KK asli."),
        say("Mengambil bantuan itu gratis. Ada yang minta bagian? *Laporkan:*"),
        _lines(*(f"• *{name}*: {how}" for name, how in where_to_report(say, dinsos))),
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
            say("• Ketik /hapus, dan semua yang tersimpan tentang obrolan ini dihapus."),
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
    return say("Baik. Sekarang kami memakai {bahasa}.", bahasa=LANGUAGES[say.code])


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
        trust(say),
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


def this_kelurahan(say: Say) -> str:
    """Only alike: a human has to say whether it is meant."""
    return say("Yang ini? Tekan namanya. Bukan? Ketik lagi.")


def no_such_kelurahan(say: Say) -> str:
    """None fits."""
    return say("Kami tidak menemukan jadwal untuk nama itu. Periksa tulisannya. Ketik nama kelurahan atau desa saja.")


def sitting_gone(say: Say) -> str:
    """A calendar file of a sitting that is no more."""
    return say("Jadwal itu sudah tidak berlaku. Cek lagi untuk jadwal yang baru.")


def _lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
