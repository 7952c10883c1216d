"""Finding the number and the name in a message as people write it.

Mostly it is just the number. Some write both at once, in one line, in two, or with *NIK:* and *Nama:* in front as in
the forms of the kelurahan. What may be anything but a name is not taken for one: the bot asks instead, for a wrong
name would count as a miss.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from salur.core.errors import MalformedLetterCode
from salur.core.nik import LetterCode

LONGEST_NAME = 100
# Ten digits at least: what is shorter may be a house number, a date or an amount.
NUMBER = re.compile(r"\d(?:[ \t.\u00a0\u2010-\u2015-]{0,3}\d){9,}")
CODE = re.compile(
    r"(?<!\w)(?![Rr][Pp][\d.])(?=[A-Za-z0-9./-]*\d{3})[A-Za-z]{2,8}[./-]?\d[A-Za-z0-9]*(?:[./-][A-Za-z0-9]+)*(?!\w)"
)
LABEL = re.compile(
    r"\b(?:no(?:mor)?|nik|ktp|kk|nama|name|kode|surat|lengkap|a\.?n\.?|atas)\b\.?\s*[:=]?", re.IGNORECASE
)
NAME = re.compile(r"(?:[^\W\d_]+[.'\u2019`-]*\s*){1,8}")
# Words of a sentence, not of a name.
CHAT = frozenset(
    "ada admin aku apa apakah assalamualaikum bagaimana bansos bantuan bantu belum bisa boleh cek coba dari dapat"
    " daftar di dong gan gimana hai halo hallo ini itu kak kakak kasih ke kenapa kok makasih malam mau min minta mohon"
    " pagi please punya saya sampai selamat siang sore suami istri sudah tanya terdaftar terima tidak tolong untuk"
    " ya yang check hello hi is my the this please thanks".split()
)


@dataclass(frozen=True, slots=True, repr=False)
class Read:
    """What was found. No `repr`: these are a person's words."""

    number: str | None = None
    name: str | None = None


def read(text: str) -> Read:
    """Find a NIK, KK number or letter code, and the name if it stands beside it and nothing else does."""
    match = NUMBER.search(text) or _code(text)
    if match is None:
        return Read()
    rest = text[: match.start()] + "\n" + text[match.end() :]
    return Read(match[0], _name(rest))


def holds_number(text: str) -> bool:
    """Whether a NIK or KK number, whole or with a slip, may stand in the text."""
    return NUMBER.search(text) is not None


def is_name(text: str) -> bool:
    """Whether a text can be looked up as a name: it has a letter and is not a letter to the editor."""
    return len(text) <= LONGEST_NAME and any(char.isalpha() for char in text)


def _code(text: str) -> re.Match[str] | None:
    """The code of a letter, such as PBP0040 or 16100-A01: letters and at least three digits in one piece."""
    match = CODE.search(text)
    if match is None:
        return None
    try:
        LetterCode.parse(match[0])
    except MalformedLetterCode:
        return None
    return match


def _name(rest: str) -> str | None:
    """A name, or None where the rest of the message may be something else."""
    words = LABEL.sub(" ", rest).strip(" \t\r\n,;:/|-.")
    words = " ".join(words.replace(",", " ").split())
    if not is_name(words) or not NAME.fullmatch(words):
        return None
    if CHAT.intersection(words.lower().split()):
        return None
    return words
