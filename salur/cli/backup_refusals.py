"""Why a backup was not made, is no good, or was not brought back."""

from __future__ import annotations

from salur.words.language import N_

BACKUPS = {
    "backup_damaged": N_("{file} rusak, tidak lengkap, atau bukan cadangan Salur. Pakai cadangan yang lain."),
    "backup_exists": N_("{file} sudah ada. Coba lagi sebentar."),
    "backup_keys_missing": N_(
        "Berkas kunci belum ada. Taruh dulu salinan kunci yang disimpan di tempat SALUR_KEYS_FILE; kunci baru tidak"
        " membuka apa pun."
    ),
    "backup_needs_keys": N_(
        "Cadangan ini memerlukan kunci nomor {keys}, yang tidak ada di berkas kunci ini. Pakai berkas kunci dari waktu"
        " itu."
    ),
    "backup_newer": N_(
        "Cadangan ini dari Salur {version}, yang lebih baru daripada program ini. Pasang dulu versi itu."
    ),
    "backup_of_other_kind": N_("Cadangan ini dari basis data {kind}. SALUR_DATABASE_URL menyebut jenis yang lain."),
    "backup_other_keys": N_(
        "{file} dibuat dengan kunci yang lain, atau diubah orang yang tidak punya kuncinya. Tidak ada yang dipulihkan."
    ),
    "backup_rows_differ": N_(
        "Isi cadangan ini tidak lengkap: tabel {table} mestinya {there}, ternyata {found}. Pakai cadangan yang lain."
    ),
    "database_in_use": N_(
        "Basis data sedang dipakai. Hentikan dulu situs, bot, dan work, dan yang lain yang tersambung."
    ),
    "database_not_empty": N_("Basis data sudah berisi. Untuk menggantinya dengan isi cadangan: --replace."),
    "keys_beside_backups": N_(
        "Kunci tidak disimpan di dalam folder cadangan: siapa yang menemukan keduanya membaca semuanya. Sebut tempat"
        " lain."
    ),
    "keys_would_be_lost": N_(
        "{file} memuat kunci yang tidak ada lagi di sini; cadangan lama masih memerlukannya. Sebut nama berkas lain."
    ),
    "may_not_create_database": N_(
        "Pengguna basis data ini tidak boleh membuat basis data untuk mencoba cadangan. Jalankan sebagai pengurus"
        " PostgreSQL: ALTER ROLE … CREATEDB"
    ),
    "not_set_up": N_("Basis data ini belum disiapkan. Jalankan dulu: python -m salur setup"),
    "tool_failed": N_(
        "{tool} berhenti dengan kode {exit_code}. Cukupkah ruang disk? Apakah server menjawab? Tidak ada yang diganti."
    ),
    "tool_missing": N_("{tool} tidak ada. Pasang dulu, di Debian: apt install postgresql-client"),
    "tool_too_old": N_(
        "{tool} {has} lebih tua daripada server PostgreSQL {needs}. Pasang: apt install postgresql-client-{needs}"
    ),
}
