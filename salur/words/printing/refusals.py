"""Why no letter is printed."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from salur.core.errors import Refused
from salur.words.language import N_, Say

LETTER_SLIPS: Mapping[str, str] = MappingProxyType(
    {
        "nobody_to_print_for": N_("Tidak ada yang perlu diberi surat di sana. Lihat dulu berapa surat, dan mengapa."),
        "too_many_letters": N_("Terlalu banyak surat sekaligus. Pilih wilayah yang lebih kecil."),
        "letter_not_now": N_("Tidak ada lagi yang perlu diambil, atau harinya belum ada. Jadi tidak ada surat."),
        "no_such_letter": N_("Nomor itu tidak ada di cetakan ini, atau suratnya sudah tidak berlaku."),
        "reason_missing_for_letters": N_("Pilih dulu alasannya."),
        "round_missing": N_("Pilih dulu program dan periodenya."),
    }
)
DESK_SLIPS: Mapping[str, str] = MappingProxyType(
    {
        **LETTER_SLIPS,
        "choose_kelurahan": N_("Pilih dulu kelurahannya."),
        "changed_since": N_("Daftarnya berubah selagi surat dibuat. Cetak sekali lagi."),
        "job_under_way": N_("Surat untuk wilayah itu sedang dibuat. Tunggu sampai selesai, atau hentikan dulu."),
        "no_such_sitting": N_("Pembayaran itu tidak ada lagi di jadwal."),
        "no_such_area": N_("Wilayah itu tidak termasuk wilayah Anda."),
        "no_such_printing": N_("Cetakan ini tidak ada lagi."),
        "gave_up": N_("Pembuatan surat berkali-kali terhenti. Coba wilayah yang lebih kecil, atau hubungi pengelola."),
    }
)


def why_not(refused: Refused | str, say: Say) -> str:
    """Why letters cannot be printed; empty for what is said elsewhere."""
    code = refused if isinstance(refused, str) else refused.code
    return say(DESK_SLIPS[code]) if code in DESK_SLIPS else ""
