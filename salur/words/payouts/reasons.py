"""Why a row of a report or a schedule is not used, or asked about, and what the used ones are: for operators."""

from __future__ import annotations

from collections.abc import Mapping

from salur.words.language import N_, Say
from salur.words.lists.faults import FAULTS

# What the rows that are used are, by the counts of the core.
USED: Mapping[str, str] = {
    "paid": N_("{jumlah} dibayar"),
    "returned": N_("{jumlah} dikembalikan"),
    "failed": N_("{jumlah} gagal dibayar"),
    "added": N_("{jumlah} baru"),
    "changed": N_("{jumlah} berubah"),
    "deadline": N_("{jumlah} berganti hari terakhir"),
    "unchanged": N_("{jumlah} tetap"),
    "cancelled": N_("{jumlah} dibatalkan"),
}
WHY: Mapping[str, str] = {
    # Of payments: refused.
    "status_unclear": N_("Tidak jelas uangnya sudah dibayar atau belum."),
    "date_unclear": N_("Tanggalnya tidak dapat dibaca."),
    "not_on_the_list": N_("Tidak ada di daftar mana pun untuk program dan periode ini."),
    "several_on_the_list": N_("Bisa berarti beberapa orang di daftar."),
    "several_by_name": N_(
        "Ada beberapa orang dengan nama seperti ini di RT itu. Isi NIK atau kode surat orang yang dimaksud, lalu unggah"
        " lagi barisnya."
    ),
    "name_unsure": N_("Namanya mirip seseorang di RT itu, tetapi tidak sama. Isi NIK atau kode suratnya."),
    "kelurahan_missing": N_(
        "Nama itu ada di RT dan RW itu, tetapi kelurahannya tidak tertulis. Isi kelurahan, NIK, atau kode suratnya."
    ),
    "code_contradicts_nik": N_("Kode suratnya milik orang lain, bukan milik NIK ini."),
    "code_contradicts_kk": N_("Kode suratnya milik orang lain, bukan milik nomor KK ini."),
    "code_contradicts_name": N_("Kode suratnya milik orang lain, bukan milik nama ini."),
    "number_contradicts_name": N_("Nomornya milik orang lain, bukan milik nama ini."),
    "in_the_future": N_("Dibayar pada hari yang belum tiba."),
    "before_the_period": N_("Dibayar lama sebelum periodenya mulai."),
    "before_the_sitting": N_("Dibayar sebelum pembayaran pertama di sana dibuka."),
    "other_amount": N_("Nilainya lain dari nilai di daftar."),
    "paid_already": N_("Sudah terbit sebagai dibayar, menurut daftar yang lebih lama."),
    "reported_twice": N_("Disebut dua kali, dengan dua tempat atau hari: keduanya tidak dipercaya."),
    "paid_elsewhere": N_("Sudah terbit sebagai dibayar di tempat lain."),
    # Of payments: left out.
    "not_yet_paid": N_("Belum dibayar, menurut laporan ini."),
    "repeated": N_("Baris yang sama sekali lagi."),
    "earlier_try": N_("Mula-mula gagal, kemudian dibayar."),
    "older_than_known": N_("Lebih lama dari yang sudah terbit: sejak itu sudah dibayar."),
    "other_programme_or_stage": N_("Untuk program atau tahap lain."),
    # Of schedules: refused.
    "programme_unknown": N_("Tidak ada program, atau programnya tidak dikenal."),
    "place_missing": N_("Tidak ada tempat."),
    "date_missing": N_("Tidak ada tanggal."),
    "hours_unclear": N_("Tidak ada jam, atau jamnya tidak dapat dibaca."),
    "not_your_area": N_("Wilayahnya bukan wilayah kantor ini."),
    "period_unclear": N_("Tidak ada periode, atau periodenya tidak dapat dibaca."),
    # Of rows that are used nevertheless.
    "kind_unknown": N_("Jenis tempatnya tidak dikenal."),
    "coordinates_unclear": N_("Titik petanya tidak dapat dibaca."),
}
ASKED: Mapping[str, str] = {
    "sitting_long_past": N_("Pembayaran lebih dari sebulan yang lalu: benarkah tahunnya?"),
    "sitting_far_ahead": N_("Pembayaran lebih dari setengah tahun lagi: benarkah tahunnya?"),
    "deadline_before": N_("Hari terakhir pengambilan lebih dulu daripada pembayaran."),
    "deadline_far": N_("Hari terakhir pengambilan lebih dari setahun sesudah pembayaran."),
    "deadline_unclear": N_("Hari terakhir pengambilan tidak dapat dibaca; pembayaran ini tidak akan memilikinya."),
    "hours_at_night": N_("Jamnya sore atau malam hari, atau lebih dari dua belas jam."),
    "place_would_move": N_("Tempat yang sudah dikenal, alamatnya lain: alamat pembayaran lain di sana ikut berubah."),
    "place_twice": N_("Satu tempat dengan dua alamat di berkas ini."),
    "two_places_at_once": N_("Orang yang sama di dua tempat pada waktu yang sama."),
    "sitting_past": N_("Pembayaran ini pada waktu yang sudah lewat."),
    "public_holiday": N_("Pembayaran pada hari libur."),
    "place_closed": N_("Tempatnya tutup pada jam itu."),
    "place_busy": N_("Pada jam itu di sana sudah ada pembayaran lain."),
    "place_full": N_("Terlalu banyak keluarga pada jam itu di sana."),
    "families_twice": N_("Keluarga yang sama sudah punya jadwal untuk program dan periode ini."),
    "families_elsewhere": N_("Keluarga yang sama sudah ditunggu di tempat lain pada jam itu."),
    "families_left_out": N_("Sebagian keluarga dari jadwal semula tidak mendapat jadwal lagi."),
}


def why(code: str, say: Say) -> str:
    """The sentence for a reason; one without words shows its code, so that nothing is swallowed."""
    sentence = WHY.get(code) or ASKED.get(code) or FAULTS.get(code)
    return say(sentence) if sentence else code
