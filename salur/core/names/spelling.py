"""How name words sound: one spelling for the many that Indonesian registers use.

Each lawful difference of spelling is either folded away (doubled letters, oe and u) or leads to a sound that is
*alike* another (Z and J). Alike is not transitive, so it is a relation between sounds and not a second folding.
All words of a name are spelled in one pass: this is the hot path of every question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from rapidfuzz.distance import OSA, Postfix, Prefix

from salur.core.names import lexicon as tables

FINAL_H: Final = {"a": "AH", "o": "OH", "y": "IH"}
NEVER: Final = 1000
OLD_WORD: Final = 5  # sounds; JULI and YULI, JONI and YONI are two names, however many letters are typed for them
SLIP_LETTERS: Final = 8  # a slip of the pen is forgiven in words at least this long
SLIP_HEAD, SLIP_TAIL = 2, 3  # but never in the first letters nor in the ending, which tell names apart


def _pattern(text: str) -> re.Pattern[str]:
    """Compile a pattern of the tables, where ^ and $ are the ends of a word."""
    return re.compile(text.replace("^", "(?<![A-Z])").replace("$", "(?![A-Z])"))


def _heavy_o() -> re.Pattern[str]:
    """One pattern for every O that is an A. It starts with the O itself, so that most words are passed at once."""
    rows = (f"(?<={before}O)(?={after.replace('$', '(?![A-Za-z])')})" for before, after in tables.A_SAID_AS_O)
    return re.compile(f"O(?:{'|'.join(rows)})")


_DOUBLED = re.compile(r"([B-DF-HJ-NP-TV-Z])\1+|(?<=[A-Z])([AIUEO])\2+")
# J is Y in a word of old spelling. Words with Y, Z or C are modern; JUJU and JAJANG repeat a J that was DJ before.
_KEEPS_J = re.compile(r"Y|Z|C(?!H)|^J(?:[AIUE]|OE?)J")
_OLD_J = re.compile(r"(?<![DT])J(?=[AIUEO])")
_PARTS = tuple((letters, _pattern(pattern), spelling) for letters, pattern, spelling in tables.PARTS)
_GROUP = _pattern("|".join(pattern for pattern, _ in tables.LETTER_GROUPS))
_GROUP_SOUND = {letters: sound for _, sounds in tables.LETTER_GROUPS for letters, sound in sounds.items()}
_SINGLE = str.maketrans(tables.SINGLE_LETTERS)
_ARTICLE = re.compile(tables.ASSIMILATED_ARTICLE)
_HEAVY_O = _heavy_o()
_BEFORE_CONSONANT = re.compile("[kc](?![AIUEOaoeiy])")
_ALIKE = {either: sounds for pair, sounds in tables.ALIKE.items() for either in (pair, pair[::-1])}


def hear(words: Sequence[str]) -> list[str]:
    """Spell words (capitals A-Z) by their sounds, in the alphabet described in `lexicon`."""
    plain = _DOUBLED.sub(r"\1\2", " ".join(words))
    spelled = plain
    for letters, pattern, spelling in _PARTS:
        if letters in spelled:
            spelled = pattern.sub(spelling, spelled)
    spelled = _GROUP.sub(_one_sound, _ARTICLE.sub("U", spelled)).translate(_SINGLE)
    if "O" in spelled:
        spelled = _HEAVY_O.sub("A", spelled)
    if "k" in spelled or "c" in spelled:
        spelled = _BEFORE_CONSONANT.sub("x", spelled)
    return spelled.split(" ")


def old_spelling(word: str) -> str | None:
    """Rewrite a word in which J may be the old letter for Y, SURJADI for SURYADI; None if it cannot be."""
    if "J" not in word or _KEEPS_J.search(word) or len(hear([word])[0]) < OLD_WORD:
        return None
    old = _OLD_J.sub("Y", word)
    return None if old == word else old


def run_together(heard: Sequence[str]) -> str:
    """Join words given in sounds, as if they had been written as one: NUR HAYATI, ABDUL RAHMAN."""
    whole = heard[0]
    for word in heard[1:]:
        if whole[-1] in FINAL_H:
            whole = whole[:-1] + FINAL_H[whole[-1]]
        if word[0] in "RSTDNZs" and whole.endswith("UL"):
            whole = whole[:-1]
        if word[0] in "AUEO" and whole.endswith("SI"):
            whole = whole[:-2] + "i"
        # the same sound twice at the seam is heard once
        whole += word[1:] if whole[-1].upper() == word[0].upper() else word
    return whole


def alike(one: str, other: str) -> bool:
    """Tell whether two words, given in sounds, are the same name word."""
    if one == other:
        return True
    if len(one) != len(other):
        return False
    for a, b in zip(one, other, strict=True):  # noqa: SIM110 - a plain loop takes half the time of any()
        if a != b and len(one) < _ALIKE.get(a + b, NEVER):
            return False
    return True


def slip_of_the_pen(one: str, other: str) -> bool:
    """Tell whether two long words, as written, differ by two neighbouring letters swapped inside.

    No other slip is forgiven: a letter left out or written for another makes real names of real names (SUKIRMAN and
    SUKIMAN, SUHARTI and SUMARTI), and endings tell SUPARMAN from SUPARMIN.
    """
    if len(one) != len(other) or len(one) < SLIP_LETTERS or OSA.distance(one, other, score_cutoff=1) != 1:
        return False
    if sorted(one) != sorted(other):
        return False
    return bool(Prefix.similarity(one, other) >= SLIP_HEAD and Postfix.similarity(one, other) >= SLIP_TAIL)


def are_two_names(one: str, other: str) -> bool:
    """Tell whether two words, given in sounds, are known as two names although the rules would take them for one."""
    return (one, other) in _TWO_NAMES


def _one_sound(match: re.Match[str]) -> str:
    return _GROUP_SOUND[match[0]]


_TWO_NAMES = frozenset(tuple(hear(pair)) for names in tables.NOT_THE_SAME for pair in (names, names[::-1]))
