"""Words in titles, programme and note cells, and what they mean. Tables of data; to teach Salur a word, add it here."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from salur.core.lists.kinds import State
from salur.core.payouts.answers import Channel
from salur.core.regions.gazetteer import Gazetteer

# Programme by its words. The weaker ones count only where no other is named: BPNT is "bantuan pangan non tunai".
PROGRAMMES = (
    ("BLTS-KESRA", r"\bBLTS\b|KESRA\b|KESEJAHTERAAN RAKYAT"),
    ("BLT-DD", r"\bBLT[\s-]*(?:DD|DANA DESA)\b|\bDANA DESA\b"),
    ("PKH", r"\bPKH\b|KELUARGA HARAPAN"),
    ("SEMBAKO", r"\bSEMBAKO\b|\bBPNT\b|PANGAN NON[\s-]?TUNAI"),
    ("BST", r"\bBST\b|BANTUAN SOSIAL TUNAI|BANSOS TUNAI"),
    ("PBI-JK", r"\bPBI\b|\bPBI[\s-]?JKN?\b|JAMINAN KESEHATAN"),
    ("ATENSI-YAPI", r"\bYAPI\b|\bATENSI\b|\bYATIM\b"),
    ("KUBE", r"\bKUBE\b|KELOMPOK USAHA BERSAMA"),
    ("UEP", r"\bUEP\b|USAHA EKONOMI PRODUKTIF"),
)
WEAKER_PROGRAMMES = (
    ("PANGAN", r"\bPANGAN\b|\bBERAS\b|\bCPP\b|\bCBP\b|\bPBP\b|\bRASTRA\b"),
    ("APBD", r"\bAPBD\b|\bBANPROV\b|\bBANKOT\b"),
)
STAGE_WORD = r"(?:TAHAP(?:AN)?|TRIWULAN|TRI WULAN|TW|TERMIN|GELOMBANG|PERIODE|BATCH|THP|STAGE)"
ORDINALS = {
    "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10, "XI": 11, "XII": 12,
    "PERTAMA": 1, "SATU": 1, "KEDUA": 2, "DUA": 2, "KETIGA": 3, "TIGA": 3, "KEEMPAT": 4, "EMPAT": 4,
}  # fmt: skip
MONTHS = {
    "JANUARI": 1, "JAN": 1, "JANUARY": 1, "FEBRUARI": 2, "FEB": 2, "PEBRUARI": 2, "FEBRUARY": 2, "MARET": 3, "MAR": 3,
    "MRT": 3, "MARCH": 3, "APRIL": 4, "APR": 4, "MEI": 5, "MAY": 5, "JUNI": 6, "JUN": 6, "JUNE": 6, "JULI": 7, "JUL": 7,
    "JULY": 7, "AGUSTUS": 8, "AGU": 8, "AGT": 8, "AGS": 8, "AGST": 8, "AUG": 8, "AUGUST": 8, "SEPTEMBER": 9, "SEP": 9,
    "SEPT": 9, "OKTOBER": 10, "OKT": 10, "OCT": 10, "OCTOBER": 10, "NOVEMBER": 11, "NOV": 11, "NOP": 11, "NOPEMBER": 11,
    "DESEMBER": 12, "DES": 12, "DEC": 12, "DECEMBER": 12,
}  # fmt: skip
MONTH = rf"\b(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b"

# Notes that put a person elsewhere, and only as a whole: `RUMAH TIDAK LAYAK HUNI` holds a word that takes people off.
# The first that fits. Reasons are codes of `salur.words.lists.reasons`.
_WHO = r"(?:(?:KPM|PENERIMA|YBS|YANG BERSANGKUTAN) )?"
_NOW = _WHO + r"(?:(?:SUDAH|TELAH) )?"
STATES = (
    (State.TAKEN_OFF, "died", _NOW + r"(?:MENINGGAL(?: DUNIA)?|WAFAT)|ALM|ALMARHUM|ALMARHUMAH|MD"),
    (
        State.TAKEN_OFF,
        "moved",
        _NOW + r"PINDAH(?: ALAMAT| DOMISILI| RUMAH| TEMPAT TINGGAL|(?: KE)? LUAR (?:KOTA|DAERAH|WILAYAH|DESA))?",
    ),
    (
        State.TAKEN_OFF,
        "double",
        r"(?:(?:DATA|NIK|NAMA|PENERIMA|TERDATA|TERDAFTAR) )?(?:GANDA|DOUBLE|DOUBEL|DOBEL|DUPLIKAT|DUPLIKASI)",
    ),
    (
        State.TAKEN_OFF,
        "receives_other_aid",
        _NOW + r"(?:MENERIMA|MENDAPAT|MENDAPATKAN|TERIMA|DAPAT) (?:BANSOS|BANTUAN|PROGRAM) LAIN",
    ),
    (
        State.TAKEN_OFF,
        "no_longer_in_need",
        _NOW + r"MAMPU|(?:SUDAH|TELAH) SEJAHTERA|TIDAK (?:LAYAK|BERHAK)(?: MENERIMA)?(?: BANTUAN| BANSOS)?"
        r"|TIDAK MEMENUHI (?:SYARAT|KRITERIA)|(?:TER)?GRADUASI(?: MANDIRI| ALAMIAH| SEJAHTERA)?|PNS|ASN|TNI|POLRI",
    ),
    (
        State.TAKEN_OFF,
        "not_found",
        _WHO + r"TIDAK (?:DIKENAL|DITEMUKAN|KETEMU|ADA ORANG(?:NYA)?|DIKETAHUI (?:ALAMAT|KEBERADAAN)NYA)",
    ),
    (
        State.SUSPENDED,
        "account_problem",
        r"GAGAL (?:CEK(?: REKENING)?|CEKREK|BURE?KOL|OM ?SPAN|TRANSFER|SALUR)"
        r"|(?:REKENING|KKS|KARTU|KARTU KKS) (?:(?:TER|DI)?BLOKIR|TIDAK VALID|PASIF|GAGAL|RUSAK|HILANG|(?:DI)?TUTUP)",
    ),
    (
        State.SUSPENDED,
        "other",
        r"(?:DI|PE)?TANGGUH(?:KAN|AN)?(?: SEMENTARA)?|(?:DI|TER)?BLOKIR|(?:DI)?SUSPEND|(?:DI|TER)?TUNDA|HOLD|DIBEKUKAN",
    ),
    (
        State.TAKEN_OFF,
        "other",
        r"CORET|HAPUS|DI(?:CORET|HAPUS|KELUARKAN)(?: DARI DAFTAR)?|(?:DI ?)?NON[ -]?AKTIF(?:KAN)?|DICABUT|DIBERHENTIKAN"
        r"|MENOLAK(?: BANTUAN| BANSOS)?|MENGUNDURKAN DIRI",
    ),
)
MOVED_TO = re.compile(_NOW + r"PINDAH KE (.+)")
SHORT = {"TDK": "TIDAK", "TAK": "TIDAK", "SDH": "SUDAH", "UDAH": "SUDAH", "TLH": "TELAH", "REK": "REKENING",
         "MENINGAL": "MENINGGAL", "BLM": "BELUM", "GGL": "GAGAL"}  # fmt: skip
# A day or a number may stand beside a phrase; nothing else may.
BESIDE = re.compile(
    r"\b(?:(?:PADA|SEJAK|PER|TGL|TANGGAL|BULAN|BLN|TAHUN|THN|TH)\b[\s.:]*)*"
    rf"(?:\d[\d\s./:-]*(?:{MONTH}[\s.,-]*\d*)?|{MONTH}[\s.,-]*\d+)"
)
BETWEEN_PHRASES = re.compile(r"[,;:/&()]|\s[-–]+\s")
CARE = re.compile(
    r"\bLANSIA\b|\bLANJUT USIA\b|\bSAKIT\b|\bDISABILITAS\b|\bDIFABEL\b|\bSTROKE\b|\bLUMPUH\b|\bJOMPO\b"
    r"|\bODGJ\b|\bCACAT\b|\bTUNA ?(?:NETRA|DAKSA|RUNGU)\b"
    r"|ANTAR(?:AN)? (?:KE )?RUMAH|\bDI ?ANTAR\b|HOME (?:VISIT|DELIVERY|CARE)|KUNJUNGAN RUMAH"
)
CHANNELS = (
    (Channel.HOME, r"ANTAR|RUMAH|HOME"),
    (Channel.COMMUNITY_POINT, r"KOMUNITAS|BALAI|KELURAHAN|DESA|SEKOLAH|KECAMATAN"),
    (Channel.POST_OFFICE, r"\bPOS\b|KANTOR POS|PT\.? POS"),
    (Channel.BANK_CARD, r"\bBRI\b|\bBNI\b|\bBTN\b|\bBSI\b|MANDIRI|HIMBARA|\bKKS\b|\bATM\b|REKENING|TRANSFER"),
)


class Standing(NamedTuple):
    """What a note says of a person: state and reason, and whether the money is brought to the house."""

    state: State | None
    reason: str | None
    care: bool


@lru_cache(maxsize=4096)
def programme_of(text: str) -> str | None:
    """The code of the programme that a text names; None when it names none, or several."""
    text = text.upper()
    for table in (PROGRAMMES, WEAKER_PROGRAMMES):
        found = {code for code, words in table if re.search(words, text)}
        if "BLTS-KESRA" in found:
            found -= {"BLT-DD"}
        if found:
            return found.pop() if len(found) == 1 else None
    return None


@lru_cache(maxsize=4096)
def stage_of(text: str, *, title: bool = False) -> str | None:
    """The number of a stage: `Tahap 12 Tahun 2021` is `12`, `Triwulan II` is `2`, a quarter or month its number.

    In a title a stage must be named as one; in a column of stages a bare number will do. What has no number is
    given as it stands; a year alone is no stage.
    """
    upper = " ".join(text.upper().replace("-", " ").split())
    number = rf"(\d{{1,2}}|{'|'.join(ORDINALS)})\b(?![./]\d)"
    if match := re.search(rf"\b{STAGE_WORD}\b\s*(?:KE|SALUR|PENYALURAN|PENCAIRAN)?[\s.:]*{number}", upper):
        return str(ORDINALS.get(match[1]) or int(match[1]))
    if months := [MONTHS[word] for word in re.findall(MONTH, upper)]:
        if not title or re.search(rf"\b{STAGE_WORD}\b|\bBULAN\b", upper):
            return _stage_of_months(months)
        return None
    if title:
        return None
    if match := re.fullmatch(rf"(?:20\d\d\s?[T/ ]?\s?T?)?{number}(?:\s?(?:/|TAHUN|TH)?\s?20\d\d)?", upper):
        return str(ORDINALS.get(match[1]) or int(match[1]))
    return None if re.fullmatch(r"(?:TAHUN\s?)?20\d\d", upper) else text


def _stage_of_months(months: list[int]) -> str:
    """Months of one quarter are that quarter's stage; a month alone, or months across quarters, the first month."""
    if len(months) > 1 and (months[0] - 1) // 3 == (months[-1] - 1) // 3:
        return str((months[0] - 1) // 3 + 1)
    return str(months[0])


@lru_cache(maxsize=4096)
def standing_of(note: str) -> Standing:
    """What a note says of how the person stands: nothing, unless known phrases are all that it says."""
    told = [_state_of(phrase) for phrase in phrases(note)]
    known = [position for position in told if position is not None]
    care = CARE.search(" ".join(note.upper().replace("_", " ").split())) is not None
    if not known or len(known) < len(told):
        return Standing(None, None, care)
    state, reason, _ = STATES[min(known)]
    return Standing(state, reason, care)


def phrases(text: str) -> list[str]:
    """The phrases that make up a remark, in full words and capitals: `Tdk layak, MD (12/3/2026).` has two.

    Days, numbers and the signs around phrases are left out, but for the question mark: who asks does not say.
    """
    words = " ".join(SHORT.get(word, word) for word in text.upper().replace("_", " ").split())
    parts = BETWEEN_PHRASES.split(BESIDE.sub(" , ", words))
    return [phrase for part in parts if (phrase := part.strip(" .!*\"'-–"))]


def _state_of(phrase: str) -> int | None:
    """Which of `STATES` a phrase is, by its position there; None when it is none."""
    for position, (_, reason, words) in enumerate(STATES):
        if re.fullmatch(words, phrase):
            return position
        if reason == "moved" and (to := MOVED_TO.fullmatch(phrase)) and Gazetteer.load().is_regency(to[1]):
            return position
    return None


@lru_cache(maxsize=1024)
def channel_of(text: str) -> Channel | None:
    """How the aid is paid, by the words of a bank or delivery column."""
    return next((channel for channel, words in CHANNELS if re.search(words, text.upper())), None)
