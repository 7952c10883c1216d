"""Take a written name apart: titles and degrees off, the father's name and the alias aside, short forms spelled out."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from salur.core.names import lexicon as tables
from salur.core.names.spelling import hear, old_spelling

LONGEST_NAME: Final = 200  # characters; the longest names in registers have about 60
MOST_WORDS: Final = 12
CUT_LENGTHS: Final = range(25, 31)  # columns that cut a name are this wide

_APOSTROPHES = str.maketrans(dict.fromkeys("`´‘’‚‛ʹʻʼʽʾʿˈ′＇", "'"))
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}")
_OTHER_NAME = re.compile(r"[/@]|\bA\.K\.A\b|(?<=\S )AL\.")
# Signs that set a part of a name aside, and what is left of them when somebody types: a space.
_ASIDE = re.compile(r"[()\[\]{}/@,]|AL?\.")
_BY_HAND = re.compile(r"[()\[\]{}/@]|,(?=\s*[A-Z]\.?(?:[\s,]|$))")
_NOT_IN_A_CHUNK = re.compile(r"[^A-Z'.,-]+")
_LETTERS = re.compile(r"[A-Z]+")


class Word:
    """A word of a name: as written in capitals, and every way it may sound. An initial is one letter."""

    __slots__ = ("heard", "is_initial", "is_weak", "written")

    def __init__(self, written: str, heard: tuple[str, ...], *, is_initial: bool) -> None:
        self.written = written
        self.heard = heard
        self.is_initial = is_initial
        self.is_weak = not _WEAK.isdisjoint(heard)


class WrittenName:
    """A name taken apart. `fathers` and `alias` are empty when there are none.

    `may_be_cut`: its last word ends where a column of a list ends.
    `by_hand`: how it counts when somebody typed it, None if just so. Whoever guesses types signs as they like, so there
    no bracket, slash or comma takes a word away.
    """

    __slots__ = ("alias", "by_hand", "fathers", "may_be_cut", "words")

    def __init__(self, own: list[str], fathers: list[str], alias: list[str], *, may_be_cut: bool) -> None:
        words = _heard([*own, *fathers, *alias], starts={0, len(own) + len(fathers)} if len(own) > 1 else set())
        self.words = words[: len(own)]
        self.fathers = words[len(own) : len(own) + len(fathers)]
        self.alias = words[len(own) + len(fathers) :]
        self.may_be_cut = may_be_cut
        self.by_hand: WrittenName | None = None


def read_name(text: str) -> WrittenName | None:
    """Take a name apart; None if it is none: empty, too long, or in letters other than Latin."""
    if len(text) > LONGEST_NAME or (capitals := _capitals(text)) is None:
        return None
    name = _read(_set_aside(capitals))
    if name is not None and _ASIDE.search(capitals):
        name.by_hand = _read(_BY_HAND.sub(" ", capitals)) or _NOBODY
    return name


def plain_words(text: str) -> list[str]:
    """List the words of a name as written, in capitals, without titles, father's name and alias; maybe none."""
    if len(text) > LONGEST_NAME or (capitals := _capitals(text)) is None:
        return []
    own, _, _ = _split_off(_without_degrees(_chunks(_set_aside(capitals))))
    return [word.replace("'", "") for word in _own_words(own)]


def _read(capitals: str) -> WrittenName | None:
    chunks = _without_degrees(_chunks(capitals))
    if not chunks or len(chunks) > MOST_WORDS:
        return None
    own, fathers, alias = _split_off(chunks)
    # Padding, notes and degrees behind the last word show that the column had room for it.
    may_be_cut = len(capitals) in CUT_LENGTHS and not alias and capitals.endswith(chunks[-1])
    return WrittenName(_own_words(own), _own_words(fathers), _own_words(alias), may_be_cut=may_be_cut)


def _capitals(text: str) -> str | None:
    """Capitals without accents, single spaces between them; None if letters other than Latin are in it."""
    if not text.isascii():
        text = "".join(map(_plain, text.translate(_APOSTROPHES)))
        text = unicodedata.normalize("NFKD", text).translate(_APOSTROPHES)
        text = "".join(char for char in text if not unicodedata.combining(char))
    text = text.upper()
    if not text.isascii() and any(char.isalpha() and not char.isascii() for char in text):
        return None
    return " ".join(text.split())


def _plain(char: str) -> str:
    """Keep ASCII and letters; accents stay for now, what is invisible goes, any other sign is a space.

    Signs go before they are normalised: some of them would become letters.
    """
    if char.isascii() or char.isalpha() or unicodedata.combining(char):
        return char
    return "" if unicodedata.category(char) in ("Cf", "Mn", "Me") else " "


def _set_aside(capitals: str) -> str:
    """Leave out notes in brackets, unless nothing else is there, and mark other names by the word ALIAS."""
    if "(" in capitals or "[" in capitals or "{" in capitals:
        without = _BRACKETS.sub(" ", capitals)
        capitals = " ".join(without.split()) if _LETTERS.search(without) else capitals
    return _OTHER_NAME.sub(" ALIAS ", capitals.strip("/@ "))


def _chunks(capitals: str) -> list[str]:
    """Split into words. Those after a comma that can be degrees keep a comma in front; S.PD stays one word."""
    if capitals.replace(" ", "").isalpha():
        return capitals.split()
    chunks: list[str] = []
    after_comma = False
    for piece in _NOT_IN_A_CHUNK.split(capitals.replace(",", " , ")):
        if piece == ",":
            after_comma = bool(chunks)
            continue
        together = piece.replace(".", "").replace("-", "").strip("'")
        if not together:
            continue
        if chunks and (after_comma or "." in piece.strip(".")) and together in tables.DEGREES_MARKED:
            chunks.append("," + together)
        elif "." in piece or "-" in piece:
            if together in tables.TITLES or together in tables.TWO_WORDS:
                chunks.append(together)
            else:
                chunks += [part for part in (part.strip("'") for part in re.split(r"[.-]+", piece)) if part]
        else:
            chunks.append(together)
    return chunks


def _without_degrees(chunks: list[str]) -> list[str]:
    """Drop degrees and ALM after the name; `S. PD` may stand in two words."""
    kept = [chunk for chunk in chunks if not chunk.startswith(",")]
    while len(kept) > 1:
        if kept[-1] in tables.DEGREES_PLAIN or kept[-1] in tables.LATE:
            kept.pop()
        elif len(kept) > 2 and len(kept[-2]) == 1 and "".join(kept[-2:]) in tables.DEGREES_PLAIN:
            del kept[-2:]
        else:
            break
    return kept


def _split_off(chunks: list[str]) -> tuple[list[str], list[str], list[str]]:
    """Divide at BIN or BINTI and at ALIAS: own name, father's name, alias."""
    own: list[str] = []
    fathers: list[str] = []
    alias: list[str] = []
    into = own
    for place, chunk in enumerate(chunks):
        if place and chunk in tables.FATHER_MARKS and into is own:
            into = fathers
        elif place and chunk in tables.ALIAS_MARKS:
            into = alias
        else:
            into.append(chunk)
    return own, fathers, alias


def _own_words(words: list[str]) -> list[str]:
    """Drop titles in front, but never the whole name (ENENG alone is a name), and write I.B. as two words."""
    first = 0
    while first < len(words) - 1 and (
        words[first] in tables.TITLES
        or (first and words[first - 1] in tables.RADEN and words[first] in tables.AFTER_RADEN)
    ):
        first += 1
    words = words[first:]
    return [*tables.TWO_WORDS[words[0]], *words[1:]] if len(words) > 1 and words[0] in tables.TWO_WORDS else words


def _heard(chunks: list[str], *, starts: set[int]) -> tuple[Word, ...]:
    """Make words of chunks, all of them spelled by their sounds in one pass. `starts`: where a first name stands."""
    followers = [*chunks, ""][1:]
    meanings = [
        _meanings(chunk, follower, first=place in starts)
        for place, (chunk, follower) in enumerate(zip(chunks, followers, strict=True))
    ]
    heard = iter(hear([word for words in meanings for word in words]))
    words = []
    for chunk, means in zip(chunks, meanings, strict=True):
        written = chunk.replace("'", "")
        ways = tuple(next(heard) for _ in means)
        words.append(Word(written, ways, is_initial=len(written) == 1 and len(means) == 1))
    return tuple(words)


def _meanings(chunk: str, follower: str, *, first: bool) -> list[str]:
    """List what a chunk may stand for: short forms spelled out, old spelling, and the Arabic article before its noun

    (ABDUR ROHMAN is ABDUL ROHMAN).
    """
    written = chunk.replace("'", "")
    if len(written) == 1:
        return [*tables.FIRST_INITIALS.get(written, ()), written] if first else [written]
    if written in tables.SHORT_FORMS:
        return list(tables.SHORT_FORMS[written])
    words = [written]
    if written[-1] == follower[:1] and len(written) > 3 and written[-2] == "U" and written[-1] in "RSTDNZ":
        words.append(written[:-1] + "L")
    if old := old_spelling(written):
        words.append(old)
    return words


_WEAK = frozenset(hear(sorted(tables.WEAK_WORDS)))
_NOBODY = WrittenName([], [], [], may_be_cut=False)
