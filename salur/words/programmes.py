"""What each programme is, who gets it and which papers it needs, in a resident's words.

Amounts are left out on purpose: they change from stage to stage, and the answer page shows the one on the person's own
list. Source: the programmes' own regulations as summed up in public reports up to 2026.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from salur.words.language import Say, mark


@dataclass(frozen=True, slots=True)
class ProgrammeWords:
    """One programme: its full name, what it is, who qualifies, how it is paid, which papers are needed."""

    name: str
    what: str
    who: str
    paid: str
    papers: str


_POST = mark("Surat pemberitahuan, KTP asli, dan KK asli.")
_CARD_OR_POST = mark("Lewat kartu KKS di bank, sebagian tunai di kantor pos.")
_KKS_OR_LETTER = mark(
    "Kartu KKS dan KTP asli. Untuk pembayaran di kantor pos: surat pemberitahuan, KTP asli, dan KK asli."
)

ABOUT: Mapping[str, ProgrammeWords] = MappingProxyType(
    {
        "PKH": ProgrammeWords(
            mark("Program Keluarga Harapan"),
            mark(
                "Uang untuk keluarga, empat kali setahun. Besarnya bergantung pada anggota keluarga, paling"
                " banyak empat orang dihitung."
            ),
            mark(
                "Keluarga miskin dengan ibu hamil, anak kecil, anak sekolah, lansia, atau orang dengan disabilitas"
                " berat."
            ),
            _CARD_OR_POST,
            _KKS_OR_LETTER,
        ),
        "SEMBAKO": ProgrammeWords(
            mark("Program Sembako (BPNT)"),
            mark("Bantuan bulanan untuk membeli bahan makanan. Sering dibayarkan untuk beberapa bulan sekaligus."),
            mark("Keluarga miskin dan hampir miskin yang ada di data nasional (DTSEN)."),
            mark("Lewat kartu KKS, atau tunai di kantor pos setiap tiga bulan."),
            _KKS_OR_LETTER,
        ),
        "BST": ProgrammeWords(
            mark("Bantuan Sosial Tunai"),
            mark("Uang bulanan pada masa pandemi. Program ini sudah selesai pada tahun 2021."),
            mark("Keluarga yang kesulitan karena pandemi dan belum menerima bantuan lain."),
            mark("Tunai di kantor pos."),
            _POST,
        ),
        "BLT-DD": ProgrammeWords(
            mark("Bantuan Langsung Tunai Dana Desa"),
            mark("Uang dari dana desa. Setiap desa memutuskan sendiri apakah ada, untuk siapa, dan berapa bulan."),
            mark("Keluarga miskin di desa itu, dipilih dalam musyawarah desa."),
            mark("Tunai di kantor desa, setiap bulan atau sekaligus."),
            mark("KTP asli dan KK asli."),
        ),
        "BLTS-KESRA": ProgrammeWords(
            mark("Bantuan Langsung Tunai Sementara Kesejahteraan Rakyat"),
            mark(
                "Uang satu kali untuk bulan Oktober sampai Desember 2025. Yang tidak diambil sampai akhir"
                " 2025 dikembalikan ke negara."
            ),
            mark("Keluarga miskin dan hampir miskin yang ada di data nasional (DTSEN)."),
            _CARD_OR_POST,
            _KKS_OR_LETTER,
        ),
        "PANGAN": ProgrammeWords(
            mark("Bantuan Pangan"),
            mark("Beras dan minyak goreng, bukan uang. Kadang dibagikan untuk dua bulan sekaligus."),
            mark("Keluarga yang ada di daftar penerima bantuan pangan."),
            mark("Dibagikan di kelurahan atau desa, dengan surat yang ada kode QR-nya."),
            _POST,
        ),
        "PBI-JK": ProgrammeWords(
            mark("Penerima Bantuan Iuran Jaminan Kesehatan"),
            mark(
                "Iuran BPJS Kesehatan dibayar pemerintah. Tidak ada uang yang diambil. Kalau tidak aktif"
                " lagi, minta diaktifkan lewat Dinas Sosial."
            ),
            mark("Orang miskin dan tidak mampu yang ada di data nasional (DTSEN)."),
            mark("Langsung ke BPJS Kesehatan setiap bulan."),
            mark("KTP. Untuk mengaktifkan lagi: surat keterangan dari puskesmas atau klinik."),
        ),
        "ATENSI-YAPI": ProgrammeWords(
            mark("Atensi Yatim Piatu"),
            mark("Uang untuk anak yatim, piatu, atau yatim piatu. Dibayarkan setiap tiga bulan."),
            mark("Anak yang ayah, ibu, atau kedua orang tuanya meninggal dan keluarganya tidak mampu."),
            mark("Lewat bank atau tunai di kantor pos."),
            mark("Surat pemberitahuan, KTP wali, dan KK asli."),
        ),
        "KUBE": ProgrammeWords(
            mark("Kelompok Usaha Bersama"),
            mark("Modal usaha satu kali untuk kelompok, bukan untuk satu orang."),
            mark("Kelompok yang berisi 5 sampai 20 kepala keluarga tidak mampu."),
            mark("Ke rekening kelompok."),
            mark("Tanyakan kepada ketua kelompok atau Dinas Sosial."),
        ),
        "UEP": ProgrammeWords(
            mark("Usaha Ekonomi Produktif"),
            mark("Modal usaha satu kali untuk satu orang atau satu keluarga."),
            mark("Keluarga tidak mampu yang punya atau mau memulai usaha kecil."),
            mark("Tunai di kantor pos atau lewat bank."),
            _POST,
        ),
        "APBD": ProgrammeWords(
            mark("Bantuan dari kota, kabupaten, atau provinsi"),
            mark("Bantuan dari uang daerah sendiri. Besarnya dan lamanya berbeda di setiap daerah."),
            mark("Warga yang ditetapkan kepala daerah, biasanya yang belum menerima bantuan dari pusat."),
            mark("Tunai di kantor pos."),
            _POST,
        ),
    }
)


PROGRAMMES = tuple(ABOUT)  # the codes, in the order in which they are shown


def programme_about(code: str, say: Say) -> ProgrammeWords | None:
    """What is known of a programme, in the reader's language; None for one we have no words for."""
    about = ABOUT.get(code)
    if about is None:
        return None
    return ProgrammeWords(say(about.name), say(about.what), say(about.who), say(about.paid), say(about.papers))


def programme_name(code: str, say: Say, *, default: str = "") -> str:
    """The programme's full name in words; `default` (the name in the data) for one we have no words for."""
    about = ABOUT.get(code)
    return say(about.name) if about else default or code
