"""Every refusal a resident may meet, as one helpful sentence or two. Never blaming, always with a way on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from types import MappingProxyType
from zoneinfo import ZoneInfo

from salur.core.errors import Malformed, RanOut, Refused, SalurError, TooManyAttempts
from salur.core.lookup.answers import Answer, Listed, NotOnTheList
from salur.core.people.letter_codes import LetterCode
from salur.core.people.nik import Identity, Kk, Nik
from salur.core.people.ticket_codes import TicketCode
from salur.words.circulars import CIRCULAR_SLIPS
from salur.words.doubles import DOUBLE_SLIPS
from salur.words.language import N_, Say
from salur.words.lists.refusals import NO_ROOM
from salur.words.lookup.calendars import CALENDAR_SLIPS
from salur.words.lookup.following import FOLLOW_SLIPS
from salur.words.lookup.launches import LAUNCH_SLIPS
from salur.words.marks import MARK_SLIPS
from salur.words.officers.accounts import ACCOUNT_SLIPS
from salur.words.officers.chat_links import CHAT_SLIPS
from salur.words.officers.counter import COUNTER_SLIPS
from salur.words.officers.settings import SETTING_SLIPS
from salur.words.payouts.places import PLACE_SLIPS
from salur.words.payouts.planning import PLANNING_SLIPS
from salur.words.payouts.spreading import SPREADING_SLIPS
from salur.words.printing.handing import HANDING_SLIPS
from salur.words.printing.refusals import LETTER_SLIPS
from salur.words.privacy import DATA_SLIPS
from salur.words.proposals import PROPOSAL_SLIPS

WIB = ZoneInfo("Asia/Jakarta")

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "nik": N_("NIK"),
        "nik_or_kk": N_("NIK atau nomor KK"),
        "kk": N_("nomor KK"),
        "letter": N_("kode surat"),
        "ticket": N_("kode tiket"),
    }
)

# code of a Malformed error (or of a door's own refusal) -> words
SLIPS: Mapping[str, str] = MappingProxyType(
    {
        "not_16_digits": N_("NIK dan nomor KK punya 16 angka. Periksa lagi nomornya."),
        "serial_zero": N_("Empat angka terakhir tidak mungkin 0000. Periksa lagi nomor di KTP atau KK."),
        "impossible_date": N_(
            "Mungkin ada angka yang salah ketik: angka ke-7 sampai ke-12 seharusnya sebuah tanggal."
            " Periksa lagi nomor di KTP atau KK. Memang begitu di KTP? Kirim lagi nomor yang sama."
        ),
        "unknown_province": N_("Dua angka pertama bukan kode provinsi. Periksa lagi nomor di KTP atau KK."),
        "looks_like_kk": N_("Ini seperti nomor KK. NIK ada di KTP, di atas nama."),
        "phone_number": N_(
            "Ini seperti nomor telepon. Salur tidak memerlukannya. NIK ada di KTP: 16 angka, di atas nama."
        ),
        "swapped": N_("Nomor dan nama tertukar. Sudah kami tukar. Periksa lagi, lalu tekan tombolnya."),
        "not_a_letter_code": N_(
            "Nomor ini belum kami kenali. Ketik 16 angka NIK atau nomor KK, kode di surat pemberitahuan,"
            " atau kode tiket."
        ),
        "number_missing": N_("Nomor belum diisi. Ketik NIK, nomor KK, kode surat, atau kode tiket."),
        "name_missing": N_("Nama belum diisi. Ketik nama seperti di KTP."),
        "number_for_name": N_("Ini nomor, bukan nama. Ketik nama seperti di KTP."),
        "place_for_name": N_("Ini RT, RW, atau alamat. Ketik namanya saja, seperti di KTP."),
        "date_for_name": N_("Ini tanggal, bukan nama. Ketik namanya saja, seperti di KTP."),
        "perhaps_no_name": N_(
            "Ini belum seperti nama. Ketik nama seperti di KTP. Memang begitu namanya? Kirim sekali lagi."
        ),
        "name_too_long": N_("Namanya terlalu panjang. Ketik nama seperti di KTP saja."),
        "form_expired": N_("Halaman ini sudah terlalu lama terbuka. Demi keamanan, tekan tombolnya sekali lagi."),
        "answer_gone": N_("Jawaban tadi sudah ditutup: sesudah 15 menit, demi keamanan. Ketik sekali lagi."),
        "cookies_missing": N_(
            "Aplikasi internet ini (misalnya Chrome) belum menyimpan cookie, catatan kecil untuk keamanan. Tekan"
            " tombolnya sekali lagi. Kalau tetap begini, izinkan cookie: isinya hanya angka acak, bukan tentang Anda."
        ),
        "no_room": NO_ROOM,
        **ACCOUNT_SLIPS,
        **CALENDAR_SLIPS,
        **CHAT_SLIPS,
        **CIRCULAR_SLIPS,
        **DATA_SLIPS,
        **COUNTER_SLIPS,
        **DOUBLE_SLIPS,
        **FOLLOW_SLIPS,
        **HANDING_SLIPS,
        **LAUNCH_SLIPS,
        **LETTER_SLIPS,
        **MARK_SLIPS,
        **PROPOSAL_SLIPS,
        **SETTING_SLIPS,
        "too_much_record": N_("Lebih dari 50.000 catatan. Pilih hari yang lebih sedikit, lalu simpan lagi."),
        "no_day": N_("Ini belum tanggal. Tulis seperti 31-12-2028, atau kosongkan."),
        **PLACE_SLIPS,
        **PLANNING_SLIPS,
        **SPREADING_SLIPS,
        "our_fault": N_("Maaf, Salur sedang terganggu. Data Anda tidak hilang. Coba lagi dalam beberapa menit."),
    }
)


def refusal(error: SalurError | str, say: Say, *, now: datetime | None = None, zone: tzinfo = WIB) -> str:
    """The words for an error of the core, or for a door's own refusal given as one of the codes in `SLIPS`.

    `now` and `zone` are for waits ("besok pukul 14.20"): the present moment, and the zone of the city served.
    """
    if isinstance(error, TooManyAttempts):
        return _wait(error, say, _moment(now), zone)
    if isinstance(error, Malformed):
        return _malformed(error, say)
    code = error if isinstance(error, str) else error.code if isinstance(error, Refused) else "our_fault"
    facts = error.facts if isinstance(error, Refused) else {}
    return say(SLIPS.get(code, SLIPS["our_fault"]), **facts)


def recognised(identity: Identity | TicketCode, say: Say, answer: Answer | None = None) -> str:
    """What the number was taken for: `NIK`, `nomor KK`, `kode surat`, `kode tiket`, or either of the first two.

    What looked like a ticket and is answered by a list was a letter's.
    """
    return say(KINDS[kind_of(identity, answer)])


def kind_of(identity: Identity | TicketCode, answer: Answer | Listed | None = None) -> str:
    """The same as a word for `KINDS`, which says nothing of anybody."""
    if isinstance(identity, Nik):
        return "nik_or_kk" if identity.may_be_a_kk else "nik"
    if isinstance(identity, TicketCode) and answer is None:
        return "ticket"
    return "kk" if isinstance(identity, Kk) else "letter"


def after_a_miss(
    missed: NotOnTheList, typed: Identity | TicketCode, say: Say, *, now: datetime | None = None, zone: tzinfo = WIB
) -> str:
    """What tries are left on what was typed; empty while there are several."""
    closed, now = missed.next_refusal, _moment(now)
    if closed is None:
        if missed.tries_left != 1:
            return ""
        return say(
            "Masih bisa dicoba *satu kali lagi*. Kalau salah lagi, ditutup satu hari. Lihat dulu nomor dan nama di KTP."
        )
    if closed.scope not in (RanOut.IDENTITY, RanOut.CLOSED):
        return refusal(closed, say, now=now, zone=zone)
    until = say.wait(closed.retry_in, now, zone)
    if isinstance(typed, LetterCode):
        return say(
            "Demi keamanan, kode ini sekarang *ditutup* sampai *{kapan}*. NIK atau nomor KK masih bisa dipakai."
            " Datang ke kelurahan dengan KTP kalau perlu hari ini.",
            kapan=until,
        )
    return say(
        "Demi keamanan, nomor ini sekarang *ditutup* sampai *{kapan}*. Kode di surat pemberitahuan masih bisa dipakai."
        " Datang ke kelurahan dengan KTP kalau perlu hari ini.",
        kapan=until,
    )


def _moment(now: datetime | None) -> datetime:
    return now or datetime.now(UTC)


def _malformed(error: Malformed, say: Say) -> str:
    """With the count of digits when that helps to find the slip."""
    if error.code == "not_16_digits" and error.digits:
        if error.digits < 16:
            return say("NIK dan nomor KK punya 16 angka. Yang Anda ketik baru {jumlah}.", jumlah=error.digits)
        return say("NIK dan nomor KK punya 16 angka. Yang Anda ketik ada {jumlah}.", jumlah=error.digits)
    return say(SLIPS.get(error.code, SLIPS["not_16_digits"]))


def _wait(error: TooManyAttempts, say: Say, now: datetime, zone: tzinfo) -> str:
    until = say.wait(error.retry_in, now, zone)
    if error.scope is RanOut.ASKER:
        return say("Sudah terlalu banyak pertanyaan dari sini. Coba lagi *{kapan}*.", kapan=until)
    if error.scope is RanOut.SIGN_IN:
        return say("Sudah terlalu sering salah. Demi keamanan, coba lagi *{kapan}*.", kapan=until)
    if error.scope is RanOut.TICKET:
        return say(
            "Sudah terlalu sering dicoba. Demi keamanan, tiket ini ditutup sampai *{kapan}*."
            " Datang ke kelurahan dengan KTP kalau perlu hari ini.",
            kapan=until,
        )
    if error.scope is RanOut.CLOSED:
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
