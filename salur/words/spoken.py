"""Indonesian for the ear: the same sentences, with days, hours, rupiah and numbers in words.

A voice that reads `Rp600.000` or `08.00–11.00` may stumble; `enam ratus ribu rupiah` it cannot misread.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache, lru_cache

from salur.words.language import SOURCE, Day, Say, language

SMALL = (
    "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas",
)  # fmt: skip
SIZES = (
    (10**12, "triliun"),
    (10**9, "miliar"),
    (10**6, "juta"),
    (1000, "ribu"),
    (100, "ratus"),
    (10, "puluh"),
)
LONGEST_NUMBER = 6  # digits that are read as one number; more, or 0251, are a telephone's: one by one
PARTS_OF_THE_DAY = ((19, "malam"), (15, "sore"), (13, "siang"))
# What offices shorten in addresses and names of places.
SHORTENED = {
    "jl": "Jalan", "jln": "Jalan", "gg": "Gang", "no": "nomor", "kel": "Kelurahan", "kec": "Kecamatan",
    "kab": "Kabupaten", "kp": "Kampung", "blk": "Blok", "ds": "Desa", "lt": "lantai", "km": "kilometer",
}  # fmt: skip
SHORT = re.compile(rf"\b({'|'.join(SHORTENED)})\b\.?(?=\s*[\w])", re.IGNORECASE)
RT_AND_RW = re.compile(r"\bRT\s*/\s*RW\b[\s.:]*(\d+)\s*/\s*(\d+)", re.IGNORECASE)
NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})+(?!\d)|\d+")


def in_words(number: int) -> str:
    """A whole number from 0 to 999 trillion as people say it: `seribu dua ratus`."""
    if number < len(SMALL):
        return SMALL[number]
    if number < 20:
        return f"{SMALL[number - 10]} belas"
    size, name = next(pair for pair in SIZES if number >= pair[0])
    count, rest = divmod(number, size)
    head = f"se{name}" if count == 1 and size <= 1000 else f"{in_words(count)} {name}"
    return f"{head} {in_words(rest)}" if rest else head


@lru_cache(maxsize=1000)
def for_the_ear(text: str) -> str:
    """A text without what only the eye can read: emphasis, shortened words, digits, strokes."""
    told = SHORT.sub(lambda found: SHORTENED[found[1].lower()], text.replace("*", ""))
    told = RT_AND_RW.sub(r"RT \1 RW \2", told).replace("RT/RW", "RT atau RW")
    return " ".join(NUMBER.sub(_digits, told).replace("/", " ").split())


class Spoken(Say):
    """Says things so that they can be read aloud."""

    __slots__ = ()

    def __call__(self, text: str, /, **values: object) -> str:
        """The sentence with its values, numbers in words."""
        return for_the_ear(super().__call__(text, **values))

    def date(self, day: Day) -> str:
        """`Selasa, dua puluh empat Februari dua ribu dua puluh enam`."""
        return for_the_ear(super().date(day))

    def short_date(self, day: Day) -> str:
        """`dua puluh empat Februari dua ribu dua puluh enam`."""
        return for_the_ear(super().short_date(day))

    def day_and_month(self, day: Day) -> str:
        """`Selasa, dua puluh empat Februari`."""
        return for_the_ear(super().day_and_month(day))

    def clock(self, when: datetime) -> str:
        """`delapan`, `delapan lewat lima belas`; after noon as people say it: `satu siang`."""
        part = next((name for hour, name in PARTS_OF_THE_DAY if when.hour >= hour), "")
        hour = in_words(when.hour - 12 if part else when.hour)
        minute = f"lewat {in_words(when.minute)}" if when.minute else ""
        return " ".join(word for word in (hour, minute, part) if word)

    def hours(self, starts: datetime, ends: datetime) -> str:
        """`pukul delapan sampai pukul sebelas`, by the clocks of the place: nobody there says which zone."""
        return f"pukul {self.clock(starts)} sampai pukul {self.clock(ends)}"

    def rupiah(self, amount: int) -> str:
        """`enam ratus ribu rupiah`."""
        return f"{in_words(amount)} rupiah"

    def period(self, period: str) -> str:
        """`Tahap satu tahun dua ribu dua puluh enam`."""
        return for_the_ear(super().period(period))


@cache
def spoken() -> Spoken:
    """Indonesian for the ear. There is no other: hardly any phone has a Sundanese voice."""
    return language(SOURCE).as_told_by(Spoken)


def _digits(found: re.Match[str]) -> str:
    digits = found[0].replace(".", "")
    is_number = digits != found[0] or len(digits) <= (3 if digits[0] == "0" else LONGEST_NUMBER)
    return in_words(int(digits)) if is_number else " ".join(SMALL[int(digit)] for digit in digits)
