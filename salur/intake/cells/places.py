"""Kinds of place by whole words: a guard post is no post office, and a house with a name is no visit to the payee."""

from __future__ import annotations

import re
from functools import lru_cache

from salur.core.payouts.answers import PlaceKind
from salur.core.regions.gazetteer import Gazetteer
from salur.core.regions.spelling import readings

THEIRS = r"(?:MASING[ -]?MASING|PENERIMA(?: MANFAAT| BANTUAN)?|KPM|PM|PBP|WARGA|YBS|SENDIRI|LANSIA|ALAMAT)"
SCHOOL = r"(?:SEKOLAH|SDN?|SDIT|SMPN?|SMAN?|SMKN?|MIN?|MTSN?|MAN?|MADRASAH|TK|PAUD|SCHOOL|PESANTREN|PONPES)"
ELSEWHERE = (
    r"(?:MASJID|MESJID|MUSHOL+AH?|MUSAL+A|LANGGAR|SURAU|GEREJA|PURA|VIHARA|LAPANGAN|GOR|POSYANDU|POSBINDU|POSKO|PASAR"
    r"|PUSKESMAS|KLINIK|BANK|BRI|BNI|BTN|BSI|ATM|E-?WARONG|AGEN|BRILINK|WARUNG|TOKO|KOPERASI|TERMINAL|STADION|TAMAN)"
)
# The first that fits. Where a place is, behind what it is (MASJID AL-IKHLAS KEL. LOJI), says nothing of its kind.
KINDS = (
    (PlaceKind.HOME, rf"(?:(?:DI|KE) )?RUMAH(?:NYA)?(?: {THEIRS})*|RUMAH KE RUMAH"),
    (PlaceKind.HOME, r"HOME|.*\bHOME[ -](?:VISIT|DELIVERY|CARE|SERVICE)\b.*|DOOR\b.*"),
    (PlaceKind.HOME, r"(?:DI ?)?ANTAR(?:AN|KAN)?\b.*|KUNJUNGAN\b.*"),
    (PlaceKind.HOME, rf".*\b(?:ANTAR|DIANTAR|KUNJUNGAN|VISIT)\b.*\bRUMAH(?: {THEIRS})*"),
    (PlaceKind.OTHER, r"(?:DI )?RUMAH\b.*|RS[UI]?D?\b.*"),
    (
        PlaceKind.POST_OFFICE,
        r".*\b(?:KANTOR[ -]?POS|PT\.? ?POS|POS INDONESIA|LOKET POS|KCU|KPRK|POST[ _]OFFICE)\b.*|KCP?\b.*|POS",
    ),
    (PlaceKind.OTHER, rf"{ELSEWHERE}\b.*"),
    (PlaceKind.SCHOOL, rf"(?:GEDUNG |AULA |HALAMAN )?{SCHOOL}\b.*"),
    (PlaceKind.DISTRICT_OFFICE, r".*\b(?:KECAMATAN|KEC|CAMAT|DISTRICT_OFFICE)\b.*"),
    (PlaceKind.SCHOOL, rf".*\b{SCHOOL}\b.*"),
    (
        PlaceKind.VILLAGE_HALL,
        r".*\b(?:KELURAHAN|KEL|DESA|BALAI(?:DESA)?|AULA|PENDOPO|BALE(?:DESA)?|KANTOR LURAH|VILLAGE_HALL)\b.*",
    ),
    (PlaceKind.OTHER, rf".*\b(?:{ELSEWHERE}|LAIN(?:NYA|-LAIN)?|KOMUNITAS|GEDUNG|OTHER|POS)\b.*"),
)
POST_OF = re.compile(r"POS (?:CABANG |KCP |KC )?(.+)")


@lru_cache(maxsize=2048)
def kind_of(text: str) -> PlaceKind | None:
    """The kind of place that words mean; None when they mean none."""
    upper = " ".join(text.upper().split()).strip(" .,-")
    kind = next((kind for kind, words in KINDS if re.fullmatch(words, upper)), None)
    if kind == PlaceKind.OTHER and (match := POST_OF.fullmatch(upper)) and _is_town(match[1]):
        return PlaceKind.POST_OFFICE
    return kind


def _is_town(text: str) -> bool:
    """Whether a text is a city or kecamatan, which have a post office each: POS BOGOR, but POS RONDA."""
    gazetteer = Gazetteer.load()
    return gazetteer.is_regency(text) or any(gazetteer.knows(key, "district") for key in readings(text))
