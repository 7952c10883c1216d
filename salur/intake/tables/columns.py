"""Recognising columns by their headers: a table of known spellings, then likeness, then the words they hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from salur.core.errors import Refused
from salur.intake.files.zipguard import column_index
from salur.intake.tables.spellings import KEYWORDS, Spellings

LONGEST_HEADER = 80
NUMBERING = {"NO", "NOMOR", "NOURUT", "NOMORURUT", "URUT"}  # columns that count the rows
# `NIK/KK` is the header of nobody knows which; `NIK KK` is the NIK of the kepala keluarga.
BOTH_NUMBERS = re.compile(
    r"\bNIK\b[\s)]*(?:[/&+,;|(-]|\b(?:DAN|ATAU)\b)\s*(?:NO(?:MOR)?\b[.\s]*)?N?(?:KK\b|KARTU\s+KELUARGA)"
    r"|\b(?:N?KK|KARTU\s+KELUARGA)\b[\s)]*(?:[/&+,;|(-]|\b(?:DAN|ATAU)\b)\s*(?:NO(?:MOR)?\b[.\s]*)?NIK\b",
    re.I,
)
ALLOWED_SLIPS = ((10, 2), (5, 1))  # from this length on, this many wrong letters


class How(IntEnum):
    """How a column was recognised, surest first."""

    TOLD = 0  # by the operator, of this file
    REMEMBERED = 1  # by the operator, of an earlier one with the same headers
    SPELLING = 2
    LIKENESS = 3
    WORDS = 4
    CONTENT = 5


@dataclass(frozen=True, slots=True, order=True)
class Guess:
    """A field that a column may be: how it was recognised, the rank of the spelling, the field."""

    how: How
    rank: int
    field: str


class Speller:
    """Knows the spellings of one kind of file. `fields` are those wanted, in the order in which they choose."""

    def __init__(self, spellings: Spellings) -> None:
        self.fields = tuple(field for field in spellings if field != "unused")
        self._known: dict[str, list[Guess]] = {}
        for field in (*self.fields, "unused"):
            for rank, spelling in enumerate(spellings[field].split(",")):
                known = self._known.setdefault(fold_header(spelling), [])
                if field != "unused" or not known:
                    known.append(Guess(How.SPELLING, rank, field))
        self._guess = cache(self._guess_uncached)
        self._knows = lru_cache(8192)(lambda text: fold_header(text) in self._known)

    def guess(self, header: str) -> Sequence[Guess]:
        """Say which fields a header may mean; all guesses are of the same `how`. Empty when nothing fits."""
        return self._guess(header) if len(header) <= LONGEST_HEADER else ()

    def knows(self, text: str) -> bool:
        """Whether a text is the name of a column, spelled as known."""
        return len(text) <= LONGEST_HEADER and self._knows(text)

    def offers(self, texts: Sequence[str]) -> Sequence[Guess]:
        """The surest guesses of a header that can be read in several ways, best first."""
        found = [guesses for text in texts if text and (guesses := self.guess(text))]
        return min(found, key=lambda guesses: guesses[0].how, default=())

    def _guess_uncached(self, header: str) -> Sequence[Guess]:
        if BOTH_NUMBERS.search(header):
            return ()
        key = fold_header(header)
        if exact := self._known.get(key) or self._known.get(fold_header(re.sub(r"\(.*?\)", "", header))):
            return exact
        return self._by_likeness(key) or self._by_words(header)

    def _by_likeness(self, key: str) -> Sequence[Guess]:
        slips = next((slips for length, slips in ALLOWED_SLIPS if len(key) >= length), 0)
        if not slips:
            return ()
        near: dict[str, tuple[int, int]] = {}
        for spelling, guesses in self._known.items():
            distance = DamerauLevenshtein.distance(key, spelling, score_cutoff=slips)
            if distance <= slips and re.sub(r"\D", "", key) == re.sub(r"\D", "", spelling):
                for guess in guesses:
                    near[guess.field] = min(near.get(guess.field, (9, 0)), (distance, guess.rank))
        best = min((distance for distance, _ in near.values()), default=0)
        fields = [field for field, (distance, _) in near.items() if distance == best]
        return [Guess(How.LIKENESS, near[fields[0]][1], fields[0])] if len(fields) == 1 else ()

    def _by_words(self, header: str) -> Sequence[Guess]:
        words = re.sub(r"[^A-Z0-9]+", " ", header.upper()).strip()
        wanted = (*self.fields, "unused")
        found = [
            field
            for field, needs, forbids in KEYWORDS
            if field in wanted and re.search(needs, words) and not re.search(forbids, words)
        ]
        return [Guess(How.WORDS, 0, found[0])] if found else ()


def fold_header(text: str) -> str:
    """Reduce a header to capital letters and digits."""
    text = unicodedata.normalize("NFKD", text.upper())
    return re.sub(r"[^A-Z0-9]", "", text)


def column_letters(column: int) -> str:
    """0 is `A`, 26 is `AA`."""
    letters = ""
    while column >= 0:
        column, letter = divmod(column, 26)
        letters = chr(65 + letter) + letters
        column -= 1
    return letters


def assign(labels: Sequence[Sequence[str]], speller: Speller) -> dict[int, Guess]:
    """Give each column its field. `labels` are, per column, the texts its header may be read as, best first.

    One column per field: fields choose in their order, each the surest and best-spelled column that is left.
    Columns known to be of no use come back as `unused`.
    """
    guesses = {column: list(speller.offers(texts)) for column, texts in enumerate(labels)}
    taken: dict[int, Guess] = {}
    for field in speller.fields:
        offers = [
            (guess, column)
            for column, offered in guesses.items()
            if column not in taken
            for guess in offered
            if guess.field == field
        ]
        if offers:
            guess, column = min(offers)
            taken[column] = guess
    for column, offered in guesses.items():
        if column not in taken and offered:
            taken[column] = Guess(offered[0].how, 0, "unused")
    return taken


def told(columns: Mapping[str, str] | None, speller: Speller, how: How = How.TOLD) -> dict[int, Guess]:
    """Read what the operator said: field, or a spelling of it, to column letter: `{"nik": "B", "nama": "C"}`.

    Columns of no use are told together: `{"unused": "D,F"}`.

    Raises: Refused with `unknown_field` or `unknown_column`.
    """
    given: dict[int, Guess] = {}
    for name, letters in (columns or {}).items():
        field = name.strip().lower()
        if field == "unused":
            given |= {column_index(one): Guess(how, 0, field) for one in re.findall(r"[A-Z]{1,3}", letters)}
            continue
        if field not in speller.fields:
            field = next((guess.field for guess in speller.guess(name)), field)
        if field not in speller.fields:
            raise Refused("unknown_field", field=field, known=", ".join(speller.fields))
        if not re.fullmatch(r"[A-Za-z]{1,3}", letters.strip()):
            raise Refused("unknown_column", field=field)
        given[column_index(letters.strip().upper())] = Guess(how, 0, field)
    return given
