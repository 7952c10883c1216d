"""Numbers as people write, paste and list them: which signs around and between the digits say nothing.

The one place for it: lists, site and bot read a number by these rules. Only what says nothing is taken off. What may
stand for digits that are lost (asterisks at one end, the thousands and decimals of a number that Excel rounded) or
that shows another number than it holds (a sign that turns the order of reading) makes it no number at all.
"""

from __future__ import annotations

import re
import unicodedata

# All signs of Unicode's category Cf but the one that shows digits in the opposite order, which is not forgiven;
# the controls that are no spaces; and what makes a digit a keycap.
UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f"
    "\u202a-\u202d\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f\ufe0e\ufe0f\u20e3]+"
)
SEPARATOR = r"[\s.,\-/_\\'’\u00b7\u2010-\u2015\u2212\u2044\uff0d\uff0e\uff0f]"
SEPARATORS = re.compile(f"{SEPARATOR}+")
QUOTES = "\"'`´‘’‚‛“”„‟′″«»‹›"
EDGES = QUOTES + "=:;,.!?()[]{}<>|/\\-_\u2010\u2011\u2012\u2013\u2014\u2015•·▪‣，．：；（）【】「」"
EMPHASIS = re.compile(r"(\*{1,3})(?!\*)(.*)(?<!\*)\1", re.S)
WORD = (
    r"(?:NOMOR|NOMER|NOMR|NMR|NO|NIK|NKK|KK|E-?KTP|KTP(?:-?EL)?|KIA|KARTU\s+KELUARGA|INDUK\s+KEPENDUDUKAN|SAYA|ANDA"
    r")(?![^\W\d_])"
)
LABEL = re.compile(rf"(?:{WORD}[\s&#{re.escape(EDGES)}]*)+(?=[\W_]*[\dOo])", re.I)
LABEL_BEHIND = re.compile(rf"[\s{re.escape(EDGES)}]+(?:NIK|NKK|NO\.?\s?KK|KK|E-?KTP|KTP)[\s{re.escape(EDGES)}]*$", re.I)
# A number that Excel kept as one: 3,27106E+15, 3271064502800010.0, 3.271.064.502.800.010. Its last digits may be lost.
WAS_A_NUMBER = re.compile(
    r"\d+(?:[.,]\d+)?E\+\d+|\d+[.,]\d+E\d{1,2}"
    r"|\d{9,}[.,](?:\d{1,2}|0+)|\d([.,'’\s])\d{3}(?:\1\d{3}){4}(?:[.,]\d+)?",
    re.I,
)
LONG_NUMBER = re.compile(r"\d(?:[\s.,\-'’/]*[\dOo]){8,}")
LOOKS_LIKE = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1"})
ALONE = re.compile(r"(?<![\dOoIl])[OoIl](?![\dOoIl])")


def visible(text: str) -> str:
    """A text without the signs that nobody sees: marks of direction, joiners, soft hyphens, controls, keycaps."""
    return text if text.isascii() and text.isprintable() else UNSEEN.sub("", text)


def without_edges(text: str) -> str:
    """A number or code without the signs around it: quotes, brackets, `="…"`, stars that make it bold, a comma."""
    before, text = None, visible(text)
    while text != before:
        before = text
        text = text.strip().strip(EDGES).strip()
        if match := EMPHASIS.fullmatch(text):
            text = match[2]
    return text


def bare(text: str) -> str:
    """A number without signs around it and without words that say what it is: `NIK: …`, `No. KK = "…"`, `… (NIK)`."""
    before, text = None, without_edges(text)
    while text != before:
        before = text
        text = text.lstrip("#")
        if match := LABEL.match(text):
            text = text[match.end() :]
        text = without_edges(LABEL_BEHIND.sub("", text))
    return text


def label_of(text: str) -> str | None:
    """What the words beside a number say that it is, `nik` or `kk`; None where they say neither, or both."""
    text = without_edges(text)
    words = " ".join(match[0].upper() for match in (LABEL.match(text), LABEL_BEHIND.search(text)) if match)
    is_nik, is_kk = re.search(r"NIK|KTP|INDUK", words), re.search(r"KK|KELUARGA", words)
    return None if bool(is_nik) == bool(is_kk) else "nik" if is_nik else "kk"


def was_a_number(text: str) -> bool:
    """Whether a text shows the number that Excel made of a NIK: its last digits may be noughts that were not there."""
    return WAS_A_NUMBER.fullmatch(bare(text)) is not None


def plain_digits(text: str) -> str | None:
    """ASCII digits of a text that is only digits (of any script) and signs that say nothing; None if there is more."""
    if text.isascii() and text.isdecimal():
        return text
    text = bare(text)
    if WAS_A_NUMBER.fullmatch(text):
        return None
    out = []
    for char in SEPARATORS.sub("", text):
        value = unicodedata.decimal(char, None)
        if value is None:
            return None
        out.append(str(value))
    return "".join(out)


def digits_meant(text: str) -> str | None:
    """As `plain_digits`; a letter O for a nought, or I or l for a one, is read as meant where that gives sixteen."""
    digits = plain_digits(text)
    if digits is None:
        text = bare(text)
        meant = None if ALONE.search(text) else plain_digits(text.translate(LOOKS_LIKE))
        return meant if meant is not None and len(meant) == 16 else None
    return digits


def masked_number(digits: str) -> str:
    """Of a NIK or KK number the place and the year, by which an operator tells one from the other."""
    return f"{digits[:6]}••••{digits[10:12]}••••"


def masked_text(text: str) -> str:
    """What stands in a cell, with every number in it masked that may be one of a person."""
    return LONG_NUMBER.sub(lambda found: masked_number(re.sub(r"\D", "", found[0])), text)
