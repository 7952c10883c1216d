"""An attacker who searches: grows and bends what he types until it opens as many people of a sample as possible.

He knows the rules and the sample, which nobody outside does; a name he finds that opens more people than the commonest
name means that the rules let one try be more than one guess.
"""

from __future__ import annotations

import string
from collections import Counter
from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from salur.core.names.matching import same_name
from salur.core.names.parts import WrittenName, read_name

WIDTH = 40  # how many names he goes on with after each step
STEPS = 4
COLUMN = 30

# What is taken for what: he tries every spelling that sounds like several.
BENT = tuple(
    pair.split(">")
    for pair in (
        "H>KH H>CH K>KH K>CH C>CH K>Q J>Z S>Z Z>S J>DJ D>DZ J>DZ Z>DZ S>DZ S>SY S>SI S>TS T>TH D>DH G>GH A>AH O>OH I>IH"
        " A>OH O>AH A>O O>A U>OE O>OE Y>J J>Y E>AE E>AI AE>AI I>IE F>P P>F A>A' U>U' I>Y Y>I N>NJ A>AA E>EE"
    ).split()
)
BEFORE = ("H ", "HJ. ", "M ", "M. ", "A ", "S ", "N ", "R. ", "SITI ", "NUR ", "I ", "NI ", "BAPAK ")
AFTER = (" S", " A", " BIN A", " BIN SITI", " ALIAS SITI", " ALIAS AGUS", ", H", ", SE", " (ALM)", " / SITI", " (SITI)")
PADS = (".", "-", "0", "(", " .", "'", ",", "/")


@dataclass(frozen=True, slots=True)
class Found:
    """What he types, and how many people of the sample it opens."""

    opened: int
    typed: str


def search(people: Counter[str], *, steps: int = STEPS, width: int = WIDTH) -> list[Found]:
    """Search for the names that open most of the people, the best first. Deterministic.

    `people`: how many bear each listed name.
    """
    listed = [(read_name(name), count) for name, count in people.items()]
    known: dict[Hashable, int] = {}

    def judge(typed: str) -> Found:
        by_hand = read_name(typed)
        if (what := what_was_read(by_hand)) not in known:  # most of what he tries differs in padding only
            known[what] = sum(count for name, count in listed if same_name(name, by_hand)) if by_hand else 0
        return Found(known[what], typed)

    best: list[Found] = _best((judge(typed) for typed in _first_tries(people, width)), width)
    for _ in range(steps):
        tries = {typed for found in best for typed in _grown(found.typed)}
        best = _best([*best, *map(judge, sorted(tries))], width)
    return best


def what_was_read(name: WrittenName | None) -> Hashable:
    """All that a comparison sees of a name: two that differ in nothing of this open the same people."""
    if name is None:
        return None
    words = tuple(tuple((word.written, word.heard) for word in part) for part in (name.words, name.fathers, name.alias))
    return words, name.may_be_cut, what_was_read(name.by_hand)


def _best(found: Iterator[Found] | list[Found], width: int) -> list[Found]:
    """The best of them; of those that open as many, the shortest, and few that differ in padding only."""
    return sorted(set(found), key=lambda one: (-one.opened, len(one.typed), one.typed))[:width]


def _first_tries(people: Counter[str], width: int) -> list[str]:
    """Single letters, padded to every width of a column; the commonest names and first words, also with an initial."""
    letters = string.ascii_uppercase
    padded = [(letter + pad * COLUMN)[:length] for letter in letters for pad in PADS for length in range(24, 32)]
    firsts = Counter[str]()
    for name, count in people.items():
        firsts[name.split()[0]] += count
    common = [word for word, _ in firsts.most_common(width)]
    initials = [f"{word} {letter}" for word in common for letter in letters]
    return [*letters, *padded, *common, *initials, *(name for name, _ in people.most_common(width))]


def _grown(typed: str) -> Iterator[str]:
    """What he tries from there: a letter more or less, another spelling, words split, cut, added, and padding."""
    for letter in string.ascii_uppercase:
        yield typed + letter
        yield f"{typed} {letter}"
    yield typed[:-1]
    for sound, bent in BENT:
        for at in range(len(typed)):
            if typed.startswith(sound, at):
                yield typed[:at] + bent + typed[at + len(sound) :]
    words = typed.split()
    for at in range(2, len(typed) - 1):
        yield f"{typed[:at]} {typed[at:]}"
    for at in range(1, len(words)):
        yield " ".join([*words[:at], "BIN", *words[at:]])
    for place, word in enumerate(words):
        for letters in (1, 2, 3):
            yield " ".join([*words[:place], word[:letters], *words[place + 1 :]])
    for before in BEFORE:
        yield before + typed
    for after in AFTER:
        yield typed + after
    for pad in PADS:
        yield (typed + pad * COLUMN)[:COLUMN]
