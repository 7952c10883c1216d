"""What the columns of a list are for, as an operator calls them."""

from __future__ import annotations

from collections.abc import Mapping

from salur.words.language import N_, Say

FIELDS: Mapping[str, str] = {
    "nik": N_("NIK"),
    "kk": N_("Nomor KK"),
    "name": N_("Nama penerima"),
    "head_name": N_("Nama kepala keluarga"),
    "address": N_("Alamat"),
    "rt": N_("RT"),
    "rw": N_("RW"),
    "rt_rw": N_("RT/RW dalam satu kolom"),
    "kelurahan": N_("Kelurahan"),
    "kecamatan": N_("Kecamatan"),
    "kab_kota": N_("Kabupaten atau kota"),
    "amount": N_("Nilai bantuan"),
    "programme": N_("Program"),
    "stage": N_("Tahap"),
    "letter_code": N_("Kode surat"),
    "post_office": N_("Kantor pos"),
    "account": N_("Nomor rekening"),
    "bank": N_("Bank"),
    "delivery": N_("Cara dibayar"),
    "note": N_("Keterangan"),
    "group_name": N_("Nama kelompok"),
}


# Of a report of payments.
OF_PAYMENTS: Mapping[str, str] = {
    **{name: FIELDS[name] for name in ("nik", "kk", "name", "letter_code", "amount")},
    "status": N_("Keadaan pembayaran"),
    "date": N_("Tanggal dibayar"),
    "place": N_("Tempat dibayar"),
    **{name: FIELDS[name] for name in ("rt", "rw", "rt_rw", "kelurahan", "kecamatan", "programme", "stage", "note")},
}


def field_name(field: str | None, say: Say) -> str:
    """`Nomor KK`; that it is not used, where a column is nothing."""
    return say(FIELDS.get(field, field)) if field else say("tidak dipakai")


def field_choices(say: Say) -> list[tuple[str, str]]:
    """All of them, for a choice."""
    return [(field, say(words)) for field, words in FIELDS.items()]


def payment_choices(say: Say) -> list[tuple[str, str]]:
    """Those of a report of payments."""
    return [(field, say(words)) for field, words in OF_PAYMENTS.items()]
