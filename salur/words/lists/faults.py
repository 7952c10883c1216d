"""What is wrong with a row of a list, for operators, and for the office that sent it: to that in Indonesian."""

from __future__ import annotations

from salur.words.language import N_, SOURCE, Say, language

FAULTS = {
    "nik_from_number": N_("NIK tersimpan sebagai angka, sehingga angka terakhirnya hilang. Ketik ulang sebagai teks."),
    "nik_not_16_digits": N_("NIK tidak 16 angka."),
    "nik_serial_zero": N_("NIK berakhir 0000. Nomor urut 0000 tidak pernah diberikan."),
    "nik_other_number": N_("Di kolom NIK tertulis nomor KK, atau sebaliknya."),
    "nik_missing": N_("NIK kosong."),
    "nik_duplicate": N_("NIK ini sudah ada di baris lain pada daftar yang sama."),
    "nik_impossible_date": N_("Tanggal lahir di dalam NIK tidak mungkin. Nomornya dipakai apa adanya."),
    "nik_unknown_province": N_("Kode provinsi di dalam NIK tidak ada."),
    "kk_missing": N_("Nomor KK kosong."),
    "kk_malformed": N_("Nomor KK tidak benar."),
    "name_missing": N_("Nama kosong."),
    "rt_unclear": N_("RT/RW tidak jelas, misalnya berubah menjadi tanggal."),
    "amount_unclear": N_("Nilai bantuan tidak jelas."),
    "amount_odd": N_("Nilai bantuan ini tidak mungkin: kurang dari Rp5.000 atau lebih dari Rp50.000.000."),
    "extra_cell": N_("Baris ini punya lebih banyak sel daripada judul kolom. Periksa tanda koma di dalamnya."),
    "region_unknown": N_("Kelurahan atau kecamatan tidak dikenal."),
    "region_twice": N_("Kelurahan ini sudah ada di baris lain."),
    "spot_twice": N_("RW atau RT ini sudah ada di baris lain."),
    "rw_missing": N_("Ada RT, tetapi nomor RW-nya kosong."),
    "number_unclear": N_("Nomor RW atau RT tidak dapat dibaca."),
    "coordinates_unclear": N_("Titik petanya tidak dapat dibaca."),
    "office_empty": N_("Alamat, telepon, dan jam buka semuanya kosong."),
    "too_long": N_("Isinya terlalu panjang."),
    "no_identity": N_("Tidak ada NIK, nomor KK, atau kode surat. Baris ini tidak dipakai."),
}


def explain_fault(column: str, code: str, say: Say | None = None) -> str:
    """The sentence for a fault; one without words names its column and code, so that nothing is swallowed."""
    sentence = FAULTS.get(code)
    return (say or language(SOURCE))(sentence) if sentence else f"{column}: {code}"
