"""Every refusal a resident may meet, as one helpful sentence or two. Never blaming, always with a way on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from types import MappingProxyType
from zoneinfo import ZoneInfo

from salur.core.errors import Malformed, Refused, SalurError, TooManyAttempts
from salur.core.nik import Identity, Kk, Nik
from salur.words.accounts import ACCOUNT_SLIPS
from salur.words.chat_links import CHAT_SLIPS
from salur.words.circulars import CIRCULAR_SLIPS
from salur.words.disclosures import DATA_SLIPS
from salur.words.language import Say, mark
from salur.words.marks import MARK_SLIPS
from salur.words.proposals import PROPOSAL_SLIPS

WIB = ZoneInfo("Asia/Jakarta")

# code of a Malformed error (or of a door's own refusal) -> words
SLIPS: Mapping[str, str] = MappingProxyType(
    {
        "not_16_digits": mark("NIK dan nomor KK punya 16 angka. Periksa lagi nomornya."),
        "serial_zero": mark("Empat angka terakhir tidak mungkin 0000. Periksa lagi nomor di KTP atau KK."),
        "impossible_date": mark(
            "Mungkin ada angka yang salah ketik: angka ke-7 sampai ke-12 seharusnya sebuah tanggal."
            " Periksa lagi nomor di KTP atau KK."
        ),
        "unknown_province": mark("Dua angka pertama bukan kode provinsi. Periksa lagi nomor di KTP atau KK."),
        "looks_like_kk": mark("Ini seperti nomor KK. NIK ada di KTP, di atas nama."),
        "not_a_letter_code": mark(
            "Nomor ini belum kami kenali. Ketik 16 angka NIK atau nomor KK, atau kode di surat pemberitahuan."
        ),
        "number_missing": mark("Nomor belum diisi. Ketik NIK, nomor KK, atau kode surat."),
        "name_missing": mark("Nama belum diisi. Ketik nama seperti di KTP."),
        "name_too_long": mark("Namanya terlalu panjang. Ketik nama seperti di KTP saja."),
        "form_expired": mark("Halaman ini sudah terlalu lama terbuka. Demi keamanan, tekan tombolnya sekali lagi."),
        "cookies_missing": mark(
            "Aplikasi internet ini (misalnya Chrome) belum menyimpan cookie, catatan kecil untuk keamanan. Tekan"
            " tombolnya sekali lagi. Kalau tetap begini, izinkan cookie: isinya hanya angka acak, bukan tentang Anda."
        ),
        **ACCOUNT_SLIPS,
        **CHAT_SLIPS,
        **CIRCULAR_SLIPS,
        **DATA_SLIPS,
        **MARK_SLIPS,
        **PROPOSAL_SLIPS,
        "our_fault": mark("Maaf, Salur sedang terganggu. Data Anda tidak hilang. Coba lagi dalam beberapa menit."),
    }
)


def refusal(error: SalurError | str, say: Say, *, now: datetime | None = None, zone: tzinfo = WIB) -> str:
    """The words for an error of the core, or for a door's own refusal given as one of the codes in `SLIPS`.

    `now` and `zone` are for waits ("besok pukul 14.20"): the present moment, and the zone of the city served.
    """
    if isinstance(error, TooManyAttempts):
        return _wait(error, say, now or datetime.now(UTC), zone)
    if isinstance(error, Malformed):
        return _malformed(error, say)
    code = error if isinstance(error, str) else error.code if isinstance(error, Refused) else "our_fault"
    return say(SLIPS.get(code, SLIPS["our_fault"]))


def recognised(identity: Identity, say: Say) -> str:
    """What the number was taken for: `NIK`, `nomor KK`, `kode surat`, or either of the first two."""
    if isinstance(identity, Nik):
        return say("NIK atau nomor KK") if identity.may_be_a_kk else say("NIK")
    return say("nomor KK") if isinstance(identity, Kk) else say("kode surat")


def _malformed(error: Malformed, say: Say) -> str:
    """With the count of digits when that helps to find the slip."""
    if error.code == "not_16_digits" and error.digits:
        if error.digits < 16:
            return say("NIK dan nomor KK punya 16 angka. Yang Anda ketik baru {jumlah}.", jumlah=error.digits)
        return say("NIK dan nomor KK punya 16 angka. Yang Anda ketik ada {jumlah}.", jumlah=error.digits)
    return say(SLIPS.get(error.code, SLIPS["not_16_digits"]))


def _wait(error: TooManyAttempts, say: Say, now: datetime, zone: tzinfo) -> str:
    until = say.wait(error.retry_in, now, zone)
    if error.scope == "asker":
        return say("Sudah terlalu banyak pertanyaan dari sini. Coba lagi *{kapan}*.", kapan=until)
    if error.scope == "sign_in":
        return say("Sudah terlalu sering salah. Demi keamanan, coba lagi *{kapan}*.", kapan=until)
    if error.scope == "ticket":
        return say(
            "Sudah terlalu sering dicoba. Demi keamanan, tiket ini ditutup sampai *{kapan}*."
            " Datang ke kelurahan dengan KTP kalau perlu hari ini.",
            kapan=until,
        )
    if error.scope == "closed":
        return say(
            "Sudah terlalu sering dicoba. Demi keamanan, nomor ini ditutup sampai *{kapan}*."
            " Kode di surat pemberitahuan masih bisa dipakai. Datang ke kelurahan dengan KTP kalau perlu hari"
            " ini.",
            kapan=until,
        )
    return say(
        "Sudah terlalu sering dicoba. Demi keamanan, nomor ini ditutup sampai *{kapan}*."
        " Datang ke kelurahan dengan KTP kalau perlu hari ini.",
        kapan=until,
    )
