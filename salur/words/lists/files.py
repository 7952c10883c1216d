"""Kinds of file that intake does not read, and the way out: for whoever brings a list."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from salur.words.language import N_

# code of an UnreadableFile -> words
OTHER_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "web_page": N_(
            "Berkas ini halaman web yang disimpan sebagai satu berkas (mht). Buka, lalu simpan sebagai xlsx."
        ),
        "xlsb": N_("Berkas ini buku kerja biner Excel (xlsb). Buka dengan Excel, lalu simpan sebagai xlsx."),
        "numbers": N_("Berkas ini dari Numbers. Buka dengan Numbers, lalu ekspor sebagai xlsx."),
        "word": N_("Berkas ini dokumen, bukan tabel. Salin tabelnya ke Excel, lalu simpan sebagai xlsx."),
        "flat_ods": N_(
            "Berkas ini OpenDocument dalam satu XML (fods). Buka dengan LibreOffice, lalu simpan sebagai xlsx."
        ),
        "pdf": N_("Berkas ini PDF. Minta berkas tabelnya kepada pengirim, disimpan sebagai xlsx."),
        "picture": N_("Berkas ini gambar. Minta berkas tabelnya kepada pengirim, disimpan sebagai xlsx."),
        "archive": N_("Berkas ini arsip yang berisi berkas lain. Buka arsipnya, lalu pakai berkas tabel di dalamnya."),
        "online": N_("Berkas ini hanya tautan ke dokumen di internet. Buka dokumennya, lalu unduh sebagai xlsx."),
    }
)
# code of an UnreadableFile -> words; where no header is found, each door has a way on of its own
UNREADABLE: Mapping[str, str] = {
    **OTHER_KINDS,
    "missing": N_("Berkasnya tidak ada."),
    "empty": N_("Berkasnya kosong."),
    "password": N_("Berkas ini dilindungi kata sandi. Minta yang tanpa kata sandi kepada pengirim."),
    "not_a_table": N_("Berkas ini bukan tabel yang dapat dibaca (xlsx, xls, ods, csv)."),
    "damaged": N_("Berkas ini rusak. Minta pengirim mengirimnya lagi."),
    "zip_bomb": N_("Isi berkas ini jauh lebih besar daripada daftar mana pun; berkas tidak dibuka."),
    "formula_errors": N_("Ada sel yang berisi kesalahan rumus. Buka berkasnya, lalu simpan dengan nilainya."),
    "too_large": N_("Berkas ini lebih besar dari 200 MB."),
    "too_many_rows": N_("Berkas ini punya lebih dari 2.000.000 baris."),
    "rows_lost": N_(
        "Ada baris yang hilang saat berkas dibaca. Tidak ada yang ditulis. Ini kesalahan Salur; tolong laporkan."
    ),
}
