"""What each programme is, who gets it and which papers it needs, in a resident's words.

Amounts are left out on purpose: they change from stage to stage, and the answer page shows the one on the person's own
list. Source: the programmes' own regulations as summed up in public reports up to 2026.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from salur.core.lists.kinds import Wording
from salur.words.language import N_, Say


@dataclass(frozen=True, slots=True)
class ProgrammeWords:
    """One programme: its own name, as on lists, what it is, who qualifies, how it is paid, which papers are needed."""

    name: str
    what: str
    who: str
    paid: str
    papers: str


_POST = N_("Surat pemberitahuan, KTP asli, dan KK asli.")
_CARD_OR_POST = N_("Lewat kartu KKS di bank, sebagian tunai di kantor pos.")
_KKS_OR_LETTER = N_(
    "Kartu KKS dan KTP asli. Untuk pembayaran di kantor pos: surat pemberitahuan, KTP asli, dan KK asli."
)

ABOUT: Mapping[str, ProgrammeWords] = MappingProxyType(
    {
        "PKH": ProgrammeWords(
            "Program Keluarga Harapan",
            N_(
                "Uang untuk keluarga, empat kali setahun. Besarnya bergantung pada anggota keluarga, paling"
                " banyak empat orang dihitung."
            ),
            N_(
                "Keluarga miskin dengan ibu hamil, anak kecil, anak sekolah, lansia, atau orang dengan disabilitas"
                " berat."
            ),
            _CARD_OR_POST,
            _KKS_OR_LETTER,
        ),
        "SEMBAKO": ProgrammeWords(
            "Program Sembako (BPNT)",
            N_("Bantuan bulanan untuk membeli bahan makanan. Sering dibayarkan untuk beberapa bulan sekaligus."),
            N_("Keluarga miskin dan hampir miskin yang ada di data nasional (DTSEN)."),
            N_("Lewat kartu KKS, atau tunai di kantor pos setiap tiga bulan."),
            _KKS_OR_LETTER,
        ),
        "BST": ProgrammeWords(
            "Bantuan Sosial Tunai",
            N_("Uang bulanan pada masa pandemi. Program ini sudah selesai pada tahun 2021."),
            N_("Keluarga yang kesulitan karena pandemi dan belum menerima bantuan lain."),
            N_("Tunai di kantor pos."),
            _POST,
        ),
        "BLT-DD": ProgrammeWords(
            "BLT Dana Desa",
            N_("Uang dari dana desa. Setiap desa memutuskan sendiri apakah ada, untuk siapa, dan berapa bulan."),
            N_("Keluarga miskin di desa itu, dipilih dalam musyawarah desa."),
            N_("Tunai di kantor desa, setiap bulan atau sekaligus."),
            N_("KTP asli dan KK asli."),
        ),
        "BLTS-KESRA": ProgrammeWords(
            "BLT Sementara Kesejahteraan Rakyat",
            N_(
                "Uang satu kali untuk bulan Oktober sampai Desember 2025. Yang tidak diambil sampai akhir"
                " 2025 dikembalikan ke negara."
            ),
            N_("Keluarga miskin dan hampir miskin yang ada di data nasional (DTSEN)."),
            _CARD_OR_POST,
            _KKS_OR_LETTER,
        ),
        "PANGAN": ProgrammeWords(
            "Bantuan Pangan (beras dan minyak goreng)",
            N_("Beras dan minyak goreng, bukan uang. Kadang dibagikan untuk dua bulan sekaligus."),
            N_("Keluarga yang ada di daftar penerima bantuan pangan."),
            N_("Dibagikan di kelurahan atau desa, dengan surat yang ada kode QR-nya."),
            _POST,
        ),
        "PBI-JK": ProgrammeWords(
            "Iuran BPJS Kesehatan (PBI-JK)",
            N_(
                "Iuran BPJS Kesehatan dibayar pemerintah. Tidak ada uang yang diambil. Kalau tidak aktif"
                " lagi, minta diaktifkan lewat Dinas Sosial."
            ),
            N_("Orang miskin dan tidak mampu yang ada di data nasional (DTSEN)."),
            N_("Langsung ke BPJS Kesehatan setiap bulan."),
            N_("KTP. Untuk mengaktifkan lagi: surat keterangan dari puskesmas atau klinik."),
        ),
        "ATENSI-YAPI": ProgrammeWords(
            "ATENSI anak yatim piatu",
            N_("Uang untuk anak yatim, piatu, atau yatim piatu. Dibayarkan setiap tiga bulan."),
            N_("Anak yang ayah, ibu, atau kedua orang tuanya meninggal dan keluarganya tidak mampu."),
            N_("Lewat bank atau tunai di kantor pos."),
            N_("Surat pemberitahuan, KTP wali, dan KK asli."),
        ),
        "KUBE": ProgrammeWords(
            "Kelompok Usaha Bersama",
            N_("Modal usaha satu kali untuk kelompok, bukan untuk satu orang."),
            N_("Kelompok yang berisi 5 sampai 20 kepala keluarga tidak mampu."),
            N_("Ke rekening kelompok."),
            N_("Tanyakan kepada ketua kelompok atau Dinas Sosial."),
        ),
        "UEP": ProgrammeWords(
            "Usaha Ekonomi Produktif",
            N_("Modal usaha satu kali untuk satu orang atau satu keluarga."),
            N_("Keluarga tidak mampu yang punya atau mau memulai usaha kecil."),
            N_("Tunai di kantor pos atau lewat bank."),
            _POST,
        ),
        "APBD": ProgrammeWords(
            "Bantuan sosial dari APBD",
            N_("Bantuan dari uang daerah sendiri. Besarnya dan lamanya berbeda di setiap daerah."),
            N_("Warga yang ditetapkan kepala daerah, biasanya yang belum menerima bantuan dari pusat."),
            N_("Tunai di kantor pos."),
            _POST,
        ),
    }
)


PROGRAMMES = tuple(ABOUT)  # the codes, in the order in which they are shown


KINDS: Mapping[str, str] = {
    "cash": N_("Uang"),
    "goods": N_("Barang"),
    "premium": N_("Iuran yang dibayarkan"),
    "group": N_("Bantuan untuk kelompok"),
}


def programme_about(code: str, say: Say, *own: Wording) -> ProgrammeWords | None:
    """What is known of a programme, in the reader's language; None for one we have no words for.

    `own`: what the office says itself, the best first; each part is the first that says anything.
    """
    known = ABOUT.get(code)
    built_in = Wording(say(known.what), say(known.who), say(known.paid), say(known.papers)) if known else Wording()
    parts = [
        next((text for words in (*own, built_in) if (text := getattr(words, part))), "")
        for part in ("what", "who", "paid", "papers")
    ]
    return ProgrammeWords(known.name if known else "", *parts) if any(parts) else None


REFUSALS: Mapping[str, str] = {
    "code_taken": N_("Kode itu sudah dipakai program lain."),
    "code_wrong": N_("Kodenya 2 sampai 20 huruf besar, angka, atau tanda hubung."),
    "confirmed_already": N_("Pasangan program ini sudah ditegaskan. Cabut dulu yang lama."),
    "kind_unknown": N_("Pilih dulu jenis bantuannya."),
    "name_missing": N_("Nama programnya kosong."),
    "no_such_confirmation": N_("Penegasan itu sudah dicabut."),
    "pair_wrong": N_("Pilih dua program yang berbeda."),
    "source_missing": N_("Tulis dulu dasarnya, misalnya nomor surat keputusan."),
    "source_too_long": N_("Dasarnya terlalu panjang. Paling banyak 300 huruf."),
    "text_too_long": N_("Tulisannya terlalu panjang. Nama paling banyak 100 huruf, keterangan 500 huruf."),
    "unknown_programme": N_("Program itu tidak ada."),
    "which_missing": N_("Pilih dulu: tidak boleh bersamaan, atau boleh."),
}


def why_not(code: str, say: Say) -> str:
    """The sentence for a refusal of the desk of programmes."""
    return say(REFUSALS[code]) if code in REFUSALS else say("Tidak bisa dikerjakan ({kode}).", kode=code)
