"""What is wrong with a row of a list, for the office that sent it: in Indonesian only, as all its papers are."""

from __future__ import annotations

FAULTS = {
    "nik_from_number": "NIK tersimpan sebagai angka, sehingga angka terakhirnya hilang. Ketik ulang sebagai teks.",
    "nik_not_16_digits": "NIK tidak 16 angka.",
    "nik_serial_zero": "NIK berakhir 0000. Nomor urut 0000 tidak pernah diberikan.",
    "nik_missing": "NIK kosong.",
    "nik_duplicate": "NIK ini sudah ada di baris lain pada daftar yang sama.",
    "nik_impossible_date": "Tanggal lahir di dalam NIK tidak mungkin.",
    "nik_unknown_province": "Kode provinsi di dalam NIK tidak ada.",
    "kk_missing": "Nomor KK kosong.",
    "kk_malformed": "Nomor KK tidak benar.",
    "name_missing": "Nama kosong.",
    "rt_unclear": "RT/RW tidak jelas, misalnya berubah menjadi tanggal.",
    "amount_unclear": "Nilai bantuan tidak jelas.",
    "region_unknown": "Kelurahan atau kecamatan tidak dikenal.",
    "no_identity": "Tidak ada NIK, nomor KK, atau kode surat. Baris ini tidak dipakai.",
}


def explain_fault(column: str, code: str) -> str:
    """The sentence for a fault; one without words names its column and code, so that nothing is swallowed."""
    return FAULTS.get(code, f"{column}: {code}")
