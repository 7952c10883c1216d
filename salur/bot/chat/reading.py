"""Finding the number and the name in a message as people write it.

Mostly it is just the number. Some write both at once, in one line, in two, or with *NIK:* and *Nama:* in front as in
the forms of the kelurahan. Some write two people at once: the first is read, and that there are others is told. What
may be anything but a name is not taken for one: the bot asks instead, for a wrong name would count as a miss.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from salur.core.errors import Malformed, MalformedLetterCode
from salur.core.names.typed import slip_of
from salur.core.people.among import numbers_in
from salur.core.people.checked_codes import GROUP
from salur.core.people.letter_codes import LetterCode, Unguessable
from salur.core.people.nik import Kk, recognise
from salur.core.people.ticket_codes import TicketCode
from salur.core.people.written import digits_meant, label_of, visible

# Ten digits at least: what is shorter may be a house number, a date or an amount.
NUMBER = re.compile(r"(?<![\dOoIl])\d(?:[ \t.\u00a0\u2010-\u2015/_-]{0,3}\d){9,}(?![\dOoIl])")
CODE = re.compile(
    r"(?<!\w)(?![Rr][Pp][\d.])(?!(?:[Rr]\.?[TtWw]|[Nn][Oo])[./-]?\d)(?=[A-Za-z0-9./-]*\d{3})[A-Za-z]{2,8}[./-]?\d[A-Za-z0-9]*(?:[./-][A-Za-z0-9]+)*(?!\w)"
)
LABEL = re.compile(
    r"\b(?:no(?:mor)?|nik|ktp|kk|nama|name|kode|surat|tiket|ticket|lengkap|a\.?n\.?|atas)\b\.?\s*[:=]?", re.IGNORECASE
)
JOINED = re.compile(
    r"^\W*(?:dan|sama|dengan|jeung|sareng|trus|terus|lalu|and)\b|\b(?:dan|sama|dengan|jeung|sareng|trus|terus|lalu|and)\W*$"
    r"|^\s*\d{1,2}\s*[.)]\s*|\s\d{1,2}\s*[.)]\s*$",
    re.IGNORECASE | re.MULTILINE,
)
NAME = re.compile(r"(?:[^\W\d_]+[.'\u2019`-]*\s*){1,8}")
# Words of a sentence, not of a name.
CHAT = frozenset(
    "ada admin aku apa apakah assalamualaikum bagaimana bansos bantuan bantu belum bisa boleh cek coba dari dapat"
    " daftar di dong gan gimana hai halo hallo ini itu kak kakak kasih ke kenapa kok makasih malam mau min minta mohon"
    " pagi please punya saya sampai selamat siang sore suami istri sudah tanya terdaftar terima tidak tolong untuk"
    " ya yang check hello hi is my the this please thanks".split()
)


def _groups(count: int, parted: str) -> re.Pattern[str]:
    """So many groups of four, wherever they begin; `parted`: what may stand before each but the first two."""
    first, four = r"[^\W_]{4}(?P<first>[ .\u2010-\u2015-]?)[^\W_]{4}", r"[^\W_]{4}"
    return re.compile(rf"(?<!\w)(?=({first}(?:{parted}{four}){{{count - 2}}})(?!\w))")


# Codes of letters that Salur printed and of tickets: first those whose groups are all parted alike. Else in
# `D7YP-7HDA-0RJ0 Siti Maesarah` the end and the name might, by chance, be a letter's.
EVEN, UNEVEN = "(?P=first)", r"[ .\u2010-\u2015-]?"
CODES = tuple((_groups(4, parted), _groups(3, parted)) for parted in (EVEN, UNEVEN))


@dataclass(frozen=True, slots=True, repr=False)
class Read:
    """What was found. No `repr`: these are a person's words."""

    number: str | None = None
    name: str | None = None
    others: bool = False  # somebody else's number stands there too, unread


def read(text: str) -> Read:
    """Find a NIK, KK number or code, and the name if it stands beside it and nothing else does."""
    text = visible(text)
    for of_letters, of_tickets in CODES:
        if (found := _issued(text, of_letters) or _ticket(text, of_tickets)) is not None:
            return found
    numbers = _numbers(text)
    if not numbers and (code := _code(text)) is not None:
        numbers = [code]
    if not numbers:
        return Read()
    start, end = numbers[0]
    different = _each_once(text, numbers)
    if len(different) == 1 or _are_one_persons(text, different):
        return Read(text[start:end], _name(_without(text, numbers)))
    return Read(text[start:end], _first_name(text, different), others=True)


def is_ticket(text: str) -> bool:
    """Whether the code of a ticket stands in the text."""
    return any(_ticket(text, of_tickets) is not None for _, of_tickets in CODES)


def holds_number(text: str) -> bool:
    """Whether a NIK or KK number, whole or with a slip, may stand in the text."""
    return bool(_numbers(visible(text)))


def _issued(text: str, written: re.Pattern[str]) -> Read | None:
    """The code of a letter that Salur printed, grouped or in one piece. None begins like the code of a ticket: in
    `7K3M-Q0ZC-41XN SITI` the fourth is a name."""
    for told in (LABEL.sub(" ", text), text):  # a code may hold what else is a label, such as NAMA
        for match in written.finditer(told):
            if Unguessable.read(match[1]) is not None and not _means_a_ticket(match[1][:-GROUP]):
                return Read(match[1], _name(told[: match.start(1)] + "\n" + told[match.end(1) :]))
    return None


def _ticket(text: str, written: re.Pattern[str]) -> Read | None:
    """The code of a ticket, grouped or in one piece. Letters alone may be words: those are asked for with /tiket."""
    text = LABEL.sub(" ", text)
    for match in written.finditer(text):
        code = match[1]
        if any(char.isdigit() for char in code) and _means_a_ticket(code):
            rest = text[: match.start(1)] + "\n" + text[match.end(1) :]
            return Read(code, _name(rest))
    return None


def _means_a_ticket(code: str) -> bool:
    try:
        return isinstance(recognise(code), TicketCode)
    except Malformed:
        return False


def _numbers(text: str) -> list[tuple[int, int]]:
    """Where the numbers stand; where none is whole, what is nearly one.

    Digits that go on without a word between them are one number, too long perhaps.
    """
    match, whole = NUMBER.search(text), list(numbers_in(text))
    if not whole:
        return [match.span()] if match else []
    if len(whole) == 1 and match is not None:
        start, end = whole[0]
        if not text[start:end].isdecimal() and len(re.findall(r"\d", match[0])) > 16:
            return [match.span()]
    return whole


def _each_once(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    found = {digits_meant(text[start:end]): (start, end) for start, end in reversed(spans)}
    return sorted(found.values())


def _are_one_persons(text: str, numbers: list[tuple[int, int]]) -> bool:
    """Whether these are the NIK and the KK number of one person: two, of which one is or is called a KK number."""
    if len(numbers) != 2:
        return False
    begins = [0, numbers[0][1]]
    return {_kind(text[begin:end], text[start:end]) for begin, (start, end) in zip(begins, numbers, strict=True)} == {
        "nik",
        "kk",
    }


def _kind(labelled: str, number: str) -> str:
    label = label_of(labelled.strip().splitlines()[-1])
    try:
        return label or ("kk" if isinstance(recognise(number), Kk) else "nik")
    except Malformed:
        return "nik"


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in reversed(spans):
        text = text[:start] + "\n" + text[end:]
    return text


def _first_name(text: str, numbers: list[tuple[int, int]]) -> str | None:
    """The name that belongs to the first of several numbers: names stand before them all, or behind them all."""
    (start, end), (following, _), last = numbers[0], numbers[1], numbers[-1]
    before, behind = _name(_among(text[:start])), _name(_among(text[end:following]))
    if before is None or behind is None:
        return before or behind
    return None if _name(_among(text[last[1] :])) else before


def _among(words: str) -> str:
    """What stands between two people, without what counts or joins them."""
    return JOINED.sub(" ", words)


def _code(text: str) -> tuple[int, int] | None:
    """The code of a letter, such as PBP0040 or 16100-A01: letters and at least three digits in one piece."""
    match = CODE.search(text)
    if match is None:
        return None
    try:
        LetterCode.parse(match[0])
    except MalformedLetterCode:
        return None
    return match.span()


def _name(rest: str) -> str | None:
    """A name, or None where the rest of the message may be something else."""
    words = LABEL.sub(" ", rest).strip(" \t\r\n,;:/|-.")
    words = " ".join(words.replace(",", " ").split())
    if slip_of(words) or not NAME.fullmatch(words):
        return None
    if CHAT.intersection(words.lower().split()):
        return None
    return words
