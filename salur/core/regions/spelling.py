"""How place names are misspelt: folding a name to a key, and finding the one name that a text can mean.

Offices write `KEBONPEDES` for Kebon Pedes, `TANAH SEREAL` for Tanah Sareal, `KEL. TEGALGUNDIL`, `TJIPAKU`. A
likeness counts only when no other name of the same area is about as like: sending a family to another kelurahan
is worse than asking the office.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import DamerauLevenshtein

# What may stand before the name itself. Some names begin so (Kota Batu): both readings are tried.
PREFIX = re.compile(
    r"^(?:KELURAHAN|KEL|DESA|DS|DES|KECAMATAN|KEC|DISTRIK|DISTRICT|NAGARI|GAMPONG|PEKON|KAMPUNG|KABUPATEN|KAB"
    r"|KOTAMADYA|KODYA|KOTA|ADMINISTRASI|ADM|PROVINSI|PROPINSI|PROV)\b\s*[.:/]*\s*(?=\S)"
)
# Soekarno-time spellings and letters that clerks swap; applied in this order.
LOOSE = {
    "OE": "U", "DJ": "J", "TJ": "C", "NJ": "NY", "SJ": "SY", "CH": "H", "KH": "H", "GH": "G", "DH": "D", "TH": "T",
    "BH": "B", "Y": "I", "V": "P", "F": "P", "Z": "J", "Q": "K", "X": "S", "EU": "E", "O": "U",
}  # fmt: skip
# Names that differ by one of these only are different places.
QUALIFIER = re.compile(
    r"(?<=.)(?:BARAT|TIMUR|UTARA|SELATAN|TENGAH|HILIR|HULU|ILIR|ULU|UDIK|GIRANG|KIDUL|KULON|WETAN|LOR|KALER"
    r"|LANDEUH|BARU|LAMA|DALAM|LUAR|ATAS|BAWAH|DARAT|LAUT|JAYA|INDAH|KOTA)$"
)
SHORT = {
    "BRT": "BARAT", "TMR": "TIMUR", "TIM": "TIMUR", "UTR": "UTARA", "SEL": "SELATAN", "SLT": "SELATAN",
    "TGH": "TENGAH", "BGR": "BOGOR",
}  # fmt: skip
ROMAN = {"II": "2", "III": "3", "IV": "4", "V": "5", "VI": "6", "VII": "7", "VIII": "8", "IX": "9", "X": "10"}
ALLOWED_SLIPS = ((14, 3), (9, 2), (5, 1))  # from this length on, this many wrong letters
SURE_FIRST_LETTER = 8  # shorter names must begin with the same letter


def fold(text: str) -> str:
    """Reduce a name to what all its spellings share: capitals and digits, no spaces, signs or accents."""
    words = text.upper().split()
    if not all(word.isascii() and word.isalnum() for word in words):
        text = unicodedata.normalize("NFKD", text)
        words = re.findall(r"[A-Z0-9]+", text.upper().replace("'", ""))
    full = [SHORT.get(word, word) for word in words]
    return "".join(full[:1] + [ROMAN.get(word, word) for word in full[1:]])


def readings(text: str) -> tuple[str, ...]:
    """Keys under which a written name may be found: as it stands, then without its prefixes."""
    rest = re.sub(r"\s+", " ", text.upper()).strip(" .,:;-'\"")
    keys = [fold(rest)]
    while match := PREFIX.match(rest):
        rest = rest[match.end() :]
        keys.append(fold(rest))
    return tuple(dict.fromkeys(key for key in keys if key))


def aliases(name: str) -> tuple[str, ...]:
    """Keys of an official name: whole, and each part of `Pulo Lon / Pulo Dayah` or `Kurau (Timur)`."""
    parts = [name, *re.split(r"[/()]", name)] if re.search(r"[/(]", name) else [name]
    return tuple(dict.fromkeys(key for key in map(fold, parts) if len(key) > 2 or key == fold(name)))


def loose(key: str) -> str:
    """Blur a key further: old spelling, letters that sound alike, doubled letters."""
    for old, new in LOOSE.items():
        key = key.replace(old, new)
    return re.sub(r"([A-Z])\1+", r"\1", key)


def closest(keys: Iterable[str], names: Sequence[tuple[str, str]]) -> str | None:
    """Find the only one of `names` (pairs of key and code) that the written `keys` can mean; else None."""
    for key in keys:
        blurred = loose(key)
        same = {code for name, code in names if loose(name) == blurred}
        if len(same) == 1:
            return same.pop()
        if not same and (code := _nearest(key, names)):
            return code
    return None


def _nearest(key: str, names: Sequence[tuple[str, str]]) -> str | None:
    """The code of the name within the allowed slips, if every other place is at least two further away."""
    slips = next((slips for length, slips in ALLOWED_SLIPS if len(key) >= length), 0)
    if not slips:
        return None
    near: dict[str, int] = {}
    for name, code in names:
        distance = DamerauLevenshtein.distance(key, name, score_cutoff=slips + 1)
        if distance <= slips + 1 and _may_be(key, name):
            near[code] = min(distance, near.get(code, distance))
    ranked = sorted((distance, code) for code, distance in near.items())
    if not ranked or ranked[0][0] > slips:
        return None
    return ranked[0][1] if len(ranked) == 1 or ranked[1][0] > ranked[0][0] + 1 else None


def _may_be(key: str, name: str) -> bool:
    if len(key) < SURE_FIRST_LETTER and loose(key)[:1] != loose(name)[:1]:
        return False
    return re.findall(r"\d+", key) == re.findall(r"\d+", name) and _qualifier(key) == _qualifier(name)


def _qualifier(key: str) -> str | None:
    match = QUALIFIER.search(key)
    return match and match[0]
