"""Why a command was refused, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from salur.cli.backup_refusals import BACKUPS
from salur.core.errors import Refused
from salur.words.language import N_, Say
from salur.words.lists.files import UNREADABLE
from salur.words.lists.refusals import ANYWHERE, LOOKS
from salur.words.lists.standing import LIST_STATES
from salur.words.payouts.files import FILE_STATES

REFUSALS = {
    **ANYWHERE,
    **BACKUPS,
    "bad_territory": N_(
        "{role} perlu wilayah lain: kode wilayah tingkatnya, dengan --rw untuk RW, dengan --rw dan --rt untuk RT."
    ),
    "no_such_account": N_("Tidak ada akun terbuka dengan nama itu. Lihat: accounts list."),
    "no_such_region": N_("Tidak ada wilayah {region}."),
    "already_imported": N_("Berkas ini sudah diimpor sebagai daftar {list}. Tarik dulu daftar itu, lalu impor lagi."),
    "bad_period": N_("Periode ditulis seperti 2026-T1 (tahap 1-4), 2026-B07 (bulan), atau 2026 (tahun)."),
    "change_is_another": N_("Perubahan oleh daftar {list} bukan lagi yang tadi ditunjukkan. Lihat dulu sekali lagi."),
    "keys_exist": N_("Kunci sudah ada. Untuk mengganti kunci segel: keys rotate."),
    "keys_rotated": N_("Kunci diganti sementara itu. Tidak ada yang ditulis; jalankan impor sekali lagi."),
    "no_list": N_("Tidak ada daftar {programme} yang berlaku untuk {period}."),
    "no_such_list": N_("Tidak ada daftar {list}. Lihat: lists show."),
    "second_person_needed": N_(
        "Daftar {list} diimpor dari sini. Di kota ini orang lain yang menerbitkannya, lewat situs."
    ),
    "not_agreed": N_("Tidak ada yang diterbitkan. Untuk menyetujui perubahan oleh daftar {list}, tambahkan --ya."),
    "no_room": N_("Disk hampir penuh: perlu {needed} MB, sisa {free} MB. Tidak ada yang ditulis."),
    "rotation_pending": N_("Sebagian data masih disegel dengan kunci lama. Jalankan: keys rotate."),
    "states_not_confirmed": N_(
        "Daftar {list} mencoret atau menangguhkan orang. Periksa dulu siapa, lalu setujui dengan --keadaan."
    ),
    "column_contradicts": N_(
        "Kolom {column} bernama {field}, tetapi isinya tampak seperti {looks}. Lihat berkasnya, lalu sebut kolom yang"
        " benar; kalau memang sudah benar: --column {field}={column}."
    ),
    "column_of_both": N_(
        "Judul kolom {column} menyebut NIK dan juga KK. Katakan apa isinya: --column nik={column} atau"
        " --column kk={column}."
    ),
    "column_twice": N_(
        "Kolom {columns} semuanya bernama {field}, tetapi isinya berbeda: dua tabel berdampingan, atau dua orang dalam"
        " satu baris. Susun satu di bawah yang lain, atau sebut huruf kolom yang benar: --column {field}=…"
    ),
    "columns_of_two": N_(
        "Menurut judul dan letaknya, kolom {nik} adalah NIK seseorang dan kolom {name} nama orang lain. Sebut yang"
        " berpasangan: --column nik=B --column name=C."
    ),
    "unknown_column": N_("Kolom untuk {field} disebut dengan hurufnya, misalnya {field}=B."),
    "unknown_field": N_("Tidak ada isian {field}. Yang ada: {known}."),
    "no_such_file": N_("Tidak ada berkas {file}. Lihat: payments show, schedule show."),
    "file_imported_before": N_(
        "Berkas ini sudah diimpor sebagai nomor {file} ({state}). Untuk mengulang, batalkan dulu yang itu dengan undo."
    ),
    "file_not_a_draft": N_("Nomor {file} bukan konsep lagi ({state}); hanya konsep yang dapat diterbitkan."),
    "undone_already": N_("Nomor {file} sudah dibatalkan."),
    "undo_first": N_("Nomor {file} terbit kemudian dan memakai yang ini. Batalkan dulu nomor itu."),
    "changed_since": N_(
        "Sementara itu ada daftar, jadwal, atau laporan yang terbit. Buang konsep {file} dengan undo, lalu impor lagi."
    ),
    "rows_lost": N_(
        "{rows} baris dibaca, tetapi {used} dipakai dan {not_used} tidak: ini kesalahan Salur. Tidak ada yang ditulis."
    ),
    "not_payments": N_(
        "Berkas ini tidak mengatakan apa yang terjadi dengan uang seorang pun (dibayar, dikembalikan, gagal). Mungkin"
        " daftar penerima, atau undangan? Lihat: lists check."
    ),
    "is_payments": N_(
        "Berkas ini mengatakan siapa yang sudah dibayar. Itu bukan daftar penerima. Lihat: payments check."
    ),
    "names_people": N_(
        "Berkas ini memuat nama orang: itu daftar atau laporan pembayaran, bukan jadwal. Lihat: lists check, payments"
        " check."
    ),
    "unknown_programme": N_("Tidak ada program {programme}. Lihat: programmes show."),
}
DATABASE_AWAY = N_(
    "Basis data tidak dapat melakukannya sekarang ({sebab}). Apakah ada? Sudah disiapkan dengan: python -m salur setup?"
)
WHY_UNREADABLE = {
    **UNREADABLE,
    "no_header": N_(
        "Tidak ada baris dengan nama kolom yang dikenal. Jenis berkas lain? Kolom ditunjuk dengan --column NIK=B."
    ),
}
STATES: Mapping[str, str] = {
    **{str(state): words for state, words in LIST_STATES.items()},
    **{str(state): words for state, words in FILE_STATES.items()},
}


def why_refused(error: Refused, say: Say) -> str:
    """The sentence, with what is refused in words: states, days, and what a column looks like."""
    facts = dict(error.facts)
    for name, table in (("state", STATES), ("looks", LOOKS)):
        if (told := str(facts.get(name, ""))) in table:
            facts[name] = say(table[told])
    for name, fact in facts.items():
        if isinstance(fact, date):
            facts[name] = say.short_date(fact)
    return say(REFUSALS.get(error.code, error.code), **facts)
