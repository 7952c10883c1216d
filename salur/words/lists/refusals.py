"""Why something about a list, or a file that is to be one, was refused: for operators, wherever they are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from salur.core.errors import Refused
from salur.words.language import N_, Say
from salur.words.lists.fields import FIELDS
from salur.words.lists.files import UNREADABLE
from salur.words.lists.standing import LIST_STATES

NO_ROOM = N_("Disk server hampir penuh, jadi berkas belum bisa diterima. Hubungi pengurus server, lalu coba lagi.")
# What a command says, too.
ANYWHERE: Mapping[str, str] = {
    "no_such_rows": N_("Di berkas ini tidak ada baris yang dikirim balik dari unggahan ini."),
    "decree_missing": N_("Nomor surat keputusan kosong."),
    "issued_in_future": N_("Tanggal {day} belum tiba: surat keputusan tidak bisa dari hari itu."),
    "issuer_missing": N_("Penerbit surat keputusan kosong."),
    "nobody": N_("Berkas ini tidak memuat seorang pun yang dapat dikenali."),
    "newer_in_force": N_("Daftar {list} untuk {period} berlaku; daftar yang lebih lama tidak dapat menggantikannya."),
    "not_restorable": N_("Daftar {list} ({state}) tidak dapat dikembalikan; hanya yang digantikan atau ditarik."),
    "not_withdrawable": N_("Daftar {list} ({state}) tidak dapat ditarik; hanya konsep atau yang berlaku."),
    "not_a_draft": N_("Daftar {list} bukan konsep lagi ({state}); hanya konsep yang dapat diterbitkan."),
    "period_far_ahead": N_("Periode {period} masih lebih dari tiga bulan lagi."),
    "period_long_over": N_("Periode {period} sudah lewat lebih dari setahun."),
    "second_person_needed": N_(
        "Daftar {list} harus diterbitkan orang lain: yang menyiapkannya tidak menerbitkannya sendiri."
    ),
    "second_person_to_restore": N_(
        "Daftar {list} harus dikembalikan orang lain: bukan yang menyiapkannya, dan bukan yang mengakhirinya."
    ),
    "same_file_twice": N_("Berkas yang sama disebut dua kali."),
    "coverage_unknown": N_("Tidak ada baris yang menyebut {coverage} yang harus dicakup daftar ini."),
    "row_changed_since": N_(
        "Sejak koreksi ini ditulis, yang dikoreksi sudah berubah. Keluarkan barisnya, lalu koreksi lagi."
    ),
    "nobody_corrected": N_("Belum ada orang di koreksi ini."),
    "corrected_since": N_("Daftar {list} mengoreksi orang di daftar ini. Batalkan dulu koreksi itu."),
    "changed_after": N_("Daftar {list} sesudahnya mengubah orang-orang ini lagi. Batalkan dulu daftar itu."),
    "added_was_paid": N_("Orang yang ditambahkan sudah tercatat dibayar. Batalkan dulu laporan pembayarannya."),
    "restore_corrected": N_("Koreksi kembali bersama daftar yang dikoreksinya: kembalikan daftar {list}."),
    "undo_instead": N_("Koreksi yang berlaku tidak ditarik. Batalkan penerbitannya, lalu tarik konsepnya."),
    "no_such_column": N_("Tidak ada lembar yang memuat semua kolom yang disebut untuk: {fields}."),
}
# What stands in a column that is called otherwise.
LOOKS = {
    "name": N_("nama"),
    "number": N_("nomor"),
    "address": N_("alamat"),
    "nik": N_("NIK"),
}
# What the site says.
ON_THE_SITE: Mapping[str, str] = {
    **UNREADABLE,
    **ANYWHERE,
    "already_imported": N_("Berkas ini sudah menjadi daftar {list}. Tarik dulu daftar itu, lalu impor lagi."),
    "bad_period": N_("Periodenya belum benar. Ketik tahunnya, lalu pilih tahap atau bulannya."),
    "change_is_another": N_(
        "Sementara itu perubahannya menjadi lain: konsep ini diubah, atau daftar lain terbit. Lihat dulu sekali lagi."
    ),
    "column_contradicts": N_(
        "Kolom {column} bernama {field}, tetapi isinya tampak seperti {looks}. Tentukan kolomnya."
    ),
    "column_of_both": N_("Judul kolom {column} menyebut NIK dan juga KK. Tentukan apa isinya."),
    "column_twice": N_(
        "Kolom {columns} semuanya bernama {field}, tetapi isinya berbeda. Tentukan mana yang dipakai; yang lain tidak"
        " dipakai."
    ),
    "columns_of_two": N_(
        "Kolom {nik} tampak sebagai NIK seseorang dan kolom {name} nama orang lain. Tentukan yang berpasangan."
    ),
    "change_stopped": N_("Perhitungannya dihentikan."),
    "change_under_way": N_("Perubahannya masih dihitung. Tunggu sampai selesai, lalu lihat dulu."),
    "columns_alike": N_("Dua kolom ditentukan sebagai {field}. Pilih satu saja."),
    "gave_up": N_("Pekerjaan ini terhenti beberapa kali. Coba lagi. Kalau tetap begitu, bagi berkasnya."),
    "imported": N_("Unggahan ini sudah menjadi daftar."),
    "is_payments": N_("Berkas ini mengatakan siapa yang sudah dibayar. Itu bukan daftar penerima."),
    "job_under_way": N_("Berkas ini sedang dikerjakan. Tunggu sampai selesai, atau hentikan dulu."),
    "keys_rotated": N_("Kunci diganti sementara itu. Tidak ada yang ditulis. Coba lagi."),
    "no_file": N_("Belum ada berkas yang dipilih."),
    "no_header": N_("Tidak ada baris dengan nama kolom yang dikenal. Tentukan kolom-kolomnya di bawah."),
    "no_such_list": N_("Daftar ini tidak ada lagi."),
    "no_such_upload": N_("Unggahan ini tidak ada lagi."),
    "second_person_needed": N_("Daftar ini Anda sendiri yang menyiapkan. Di kota ini orang lain yang menerbitkannya."),
    "time_past": N_("Waktu itu sudah lewat. Pilih waktu yang akan datang."),
    "time_too_far": N_("Paling lama {days} hari lagi: sesudah itu perubahannya perlu dilihat lagi."),
    "time_unclear": N_("Tulis tanggal dan jam, misalnya 2026-02-23 08:00."),
    "amount_wrong": N_("Tulis jumlahnya dalam rupiah, angka saja, misalnya 600000."),
    "choose_kelurahan": N_("Daftar ini sangat panjang. Untuk mencari dengan nama, pilih dulu kelurahannya."),
    "day_unclear": N_("Tanggalnya belum bisa dibaca. Pilih dari kalender."),
    "nobody_typed": N_("Tulis NIK, nomor KK, kode surat, atau sebagian nama."),
    "day_missing": N_("Tulis tanggal surat keputusannya."),
    "in_another_draft": N_("Orang ini sudah ditulis di koreksi lain, daftar {list}. Terbitkan atau keluarkan dulu."),
    "listed_already": N_("Orang ini sudah ada di daftar program itu."),
    "name_missing": N_("Tulis namanya."),
    "name_too_long": N_("Namanya terlalu panjang."),
    "no_such_entry": N_("Orang ini tidak ada di daftar itu."),
    "not_in_force": N_("Daftar {list} tidak berlaku lagi."),
    "nothing_changed": N_("Belum ada yang diubah."),
    "reason_needed": N_("Pilih alasannya: orang itu membacanya."),
    "state_unknown": N_("Pilih keadaannya."),
    "text_too_long": N_("Tulisannya terlalu panjang."),
    "not_agreed": N_("Centang dulu setiap hal yang perlu disetujui."),
    "not_read": N_("Berkasnya belum dibaca. Tunggu sebentar."),
    "no_such_comparison": N_("Perbandingan ini tidak ada lagi."),
    "same_list": N_("Pilih daftar yang lain."),
    "too_many_to_take": N_("Terlalu banyak untuk satu unduhan (paling banyak {most} baris). Pilih dulu kelurahannya."),
    "reason_missing": N_("Tulis dulu sebabnya."),
    "states_not_confirmed": N_("Periksa dulu siapa yang dicoret atau ditangguhkan, lalu centang."),
    "unknown_programme": N_("Program itu tidak ada."),
    "no_room": NO_ROOM,
    "uploads_full": N_("Terlalu banyak unggahan yang menunggu. Impor atau buang dulu yang lama."),
    "upload_damaged": N_("Berkas ini tidak sampai utuh. Unggah lagi."),
}


def why_not(refused: Refused | str, facts: Mapping[str, object], say: Say) -> str:
    """The sentence for a refusal or its code, with its facts in words."""
    code = refused if isinstance(refused, str) else refused.code
    told = dict(facts)
    tables = (("looks", LOOKS), ("field", FIELDS), ("state", LIST_STATES))
    for name, table in tables:
        words: Mapping[str, str] = {str(key): text for key, text in table.items()}
        if (fact := str(told.get(name, ""))) in words:
            told[name] = say(words[fact])
    for name, value in told.items():
        if isinstance(value, date):
            told[name] = say.short_date(value)
    if "period" in told:
        told["period"] = say.period(str(told["period"]))
    sentence = ON_THE_SITE.get(code)
    return say(sentence, **told) if sentence else say("Tidak bisa dikerjakan ({kode}).", kode=code)
