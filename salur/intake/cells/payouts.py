"""Words in status and note cells of payment results, and what they mean. To teach Salur a word, add it here.

As in lists, a remark counts only as a whole: `TIDAK BISA HADIR, DIWAKILKAN ANAK` holds a *tidak*, and was paid.
"""

from __future__ import annotations

import re
from functools import lru_cache

from salur.core.payouts.answers import PaymentState
from salur.intake.cells.wordings import phrases

DONE = r"(?:TER|DI)?(?:BAYAR|SALUR|CAIR|SERAH|AMBIL|TERIMA|REALISASI)(?:KAN)?|TEREALISASI"
GIVEN = r"(?:TER|DI)?(?:BAYAR|SALUR|CAIR|SERAH|TERIMA|REALISASI)(?:KAN)?|TEREALISASI"  # what the payer does
DEED = r"(?:PEMBAYARAN|PENYALURAN|PENCAIRAN|PENYERAHAN|TRANSAKSI|TRANSFER|PROSES)"
WELL = r"(?:SUKSES|BERHASIL|SELESAI|LUNAS)"
NOW = r"(?:(?:SUDAH|TELAH) )?"
# The first that fits. Not paid is not returned: only money of which it is said that it went back, went back.
STATUSES = (
    (
        PaymentState.DUE,
        rf"BELUM(?: (?:{DONE}|BERHASIL|HADIR|DATANG|MENERIMA|MENGAMBIL))?|TIDAK(?: HADIR| DATANG)?|MENUNGGU(?: {DEED})?"
        rf"|(?:SEDANG )?(?:DI)?PROSES|PENDING|UNPAID|(?:DI|TER)?TUNDA",
    ),
    (
        PaymentState.FAILED,
        rf"(?:GAGAL|BATAL) (?:{DONE}|TRANSFER|BURE?KOL|OM ?SPAN|CEK REKENING)|{DEED} (?:GAGAL|(?:DI)?BATAL(?:KAN)?)"
        rf"|TIDAK (?:{GIVEN}|BERHASIL)(?: DIBAYAR(?:KAN)?)?|GAGAL|(?:DI)?BATAL(?:KAN)?|FAILED|VOID"
        r"|REJECTED|DITOLAK(?: BANK)?",
    ),
    (
        PaymentState.RETURNED,
        rf"{NOW}(?:RETUR|RTN|RETURNED|HANGUS|PENGEMBALIAN)|DI ?RETUR|TIDAK (?:DI|TER)?AMBIL(?: KPM| PENERIMA)?"
        rf"|{NOW}(?:DI)?KEMBALI(?:KAN)?(?: KE (?:KAS(?: NEGARA| DAERAH)?|PENGIRIM))?",
    ),
    (
        PaymentState.PAID,
        rf"(?:(?:SUDAH|TELAH|{WELL}) )?(?:{DONE})(?: (?:{WELL}|PENUH|TUNAI))?|(?:{DEED} )?{WELL}"
        r"|(?:SUDAH|TELAH)(?: MENERIMA| MENGAMBIL)?|PAID|SUCCESS|SETTLED|OK|YA|B",
    ),
)
TICKS = frozenset(("1", "V", "✓", "✔", "√", "☑", "✅", "✔️", "☑️"))
# Beside a day of payment: who came for it, or how it was handed over. Nothing of that speaks against its being paid.
FAMILY = r"(?:ANAK|ISTRI|SUAMI|CUCU|MENANTU|IBU|BAPAK|AYAH|ORANG TUA|KELUARGA|AHLI WARIS|WALI|KUASA|PERWAKILAN)"
HANDED = (
    rf"(?:(?:OLEH|LEWAT|MELALUI|DIWAKILI|DIWAKILKAN|PENGGANTI) )?(?:OLEH )?{FAMILY}(?:NYA)?(?: KANDUNG)?"
    r"|(?:KPM |YBS )?(?:HADIR|DATANG)(?: SENDIRI)?|TUNAI|LENGKAP|(?:DENGAN )?SURAT KUASA|LANSIA|DISABILITAS"
    r"|DI ?ANTAR(?:KAN)?(?: KE RUMAH)?|(?:HOME VISIT|KUNJUNGAN RUMAH|KOMUNITAS|KANTOR POS)"
)
HANDING = rf"(?:KPM |YBS )?{NOW}(?:DIWAKIL(?:I|KAN)|DI(?:AMBIL|TERIMA|BAYAR|SERAH|ANTAR)(?:KAN)?|TERBAYAR)(?: .+)?"
HARMLESS = r"\bTIDAK (?:ADA POTONGAN|DIPOTONG|BISA (?:HADIR|DATANG)|HADIR|DATANG)\b|\bTANPA POTONGAN\b"
NOT_YET = re.compile(
    r"\b(?:TIDAK|BELUM|BUKAN|BATAL|GAGAL|AKAN|NANTI|BESOK|LUSA|DEPAN|MENYUSUL|JANGAN|TOLAK|DITOLAK)\b"
    r"|TUNDA|KEMBALI|RETUR|SALAH|GANDA|SEBAGIAN|\?"
)
MONEY = re.compile(rf"\b(?:{DONE}|{DEED}|GAGAL|RETUR|PAID|UNPAID|FAILED)\b")
UNMISTAKABLE = rf"(?:(?:SUDAH|TELAH|BELUM|TIDAK|GAGAL|{WELL}) )*(?:{DONE})(?: .*)?|{DEED} .+|RETUR.*|DIKEMBALIKAN.*"


@lru_cache(maxsize=2048)
def status_of(text: str) -> PaymentState | None:
    """What became of the money, by all the words of a cell; None when they do not say, or not the same."""
    told = {_state_of(phrase) for phrase in phrases(text)} if text.upper() not in TICKS else {PaymentState.PAID}
    if told == {PaymentState.FAILED, PaymentState.RETURNED}:
        return PaymentState.RETURNED  # GAGAL BAYAR, DIKEMBALIKAN KE KAS NEGARA
    return told.pop() if len(told) == 1 else None


@lru_cache(maxsize=2048)
def tells_how_it_was_handed_over(text: str) -> bool:
    """Whether a remark beside a day says only who was paid, or how: then that day was the day of payment."""
    found = phrases(text)
    return bool(found) and (all(re.fullmatch(HANDED, phrase) for phrase in found) or _was_handed_over(found))


def _was_handed_over(found: list[str]) -> bool:
    """One phrase says that it was, and none takes that back; `TIDAK BISA HADIR` does not."""
    if any(
        _state_of(phrase) not in (None, PaymentState.PAID) and not re.fullmatch(HARMLESS, phrase) for phrase in found
    ):
        return False
    told = [re.sub(HARMLESS, "", phrase).strip() for phrase in found if re.fullmatch(HANDING, phrase)]
    return bool(told) and not any(NOT_YET.search(phrase) for phrase in told)


def mentions_money(text: str) -> bool:
    """Whether a status has to do with money at all: AKTIF and LAYAK have not."""
    return MONEY.search(" ".join(phrases(text))) is not None


def speaks_of_money(text: str) -> bool:
    """Whether a cell says what became of the money in words that nobody writes of anything else."""
    return any(re.fullmatch(UNMISTAKABLE, phrase) for phrase in phrases(text)) and status_of(text) is not None


def _state_of(phrase: str) -> PaymentState | None:
    return next((state for state, words in STATUSES if re.fullmatch(words, phrase)), None)
