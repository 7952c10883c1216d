"""Is the name that was typed the name that is listed?

`same_person` forgives what registers and people do to one name (spelling, old spelling, joining and splitting,
short forms, titles) and nothing that tells two people apart. The knowledge is in `name_tables`, the sounds of a word
in `name_spelling`, taking a name apart in `name_parts`; here the words of two names are laid side by side.
The rules, what they cost and how they were measured: docs/names.md.
"""

from __future__ import annotations

from typing import Final

from salur.core.name_parts import Word, WrittenName, plain_words, read_name
from salur.core.name_spelling import alike, are_two_names, run_together, slip_of_the_pen

Words = tuple[Word, ...]

# How many words of the listed and of the typed name may stand for each other: NURHAYATI, NUR HAYATI.
JOINS: Final = ((1, 2), (2, 1), (1, 3), (3, 1))

SEAMS: Final = 4  # letters that two seams may swallow or give back

# What an alignment has used up or shown so far, as bits.
FULL_WORD, STRONG_WORD, TYPED_IS_CUT, SLIP = 1, 2, 4, 8


def same_person(listed: str, typed: str) -> bool:
    """Tell whether someone who typed one name may be the person listed under the other.

    The number is checked elsewhere.
    Symmetric but for names cut short: a list that cuts a name is forgiven more than a person who types too little.
    Never raises; names that are empty, over 200 characters long or not in Latin letters are nobody's.
    """
    return same_name(read_name(listed), read_name(typed))


def same_name(on_list: WrittenName | None, by_hand: WrittenName | None) -> bool:
    """Tell the same of names that were taken apart already: who compares one with many reads it once."""
    if on_list is None or by_hand is None:
        return False
    one_of_them = False
    for listed_words, typed_words, cut in _pairings(on_list, by_hand):
        one_of_them |= _same_words(listed_words, typed_words, *cut)
    return one_of_them


def initials(name: str) -> str:
    """Shorten a name to what an answer may show: SITI MAESAROH is "S. M."; titles are dropped. "" for no name."""
    return " ".join(f"{word[0]}." for word in plain_words(name))


def _pairings(on_list: WrittenName, by_hand: WrittenName) -> list[tuple[Words, Words, tuple[bool, bool]]]:
    """List what may be compared: the names, each with or without the father's name, and the aliases.

    When both give a father's name, it has to be the same one. An alias that is typed counts beside one that is listed
    only: else "BUDI ALIAS SITI" would be two guesses in one try.
    """
    cut = on_list.may_be_cut, by_hand.may_be_cut
    with_fathers = on_list.words + on_list.fathers, by_hand.words + by_hand.fathers
    if on_list.fathers and by_hand.fathers:
        pairings = [(*with_fathers, cut)]
    else:
        pairings = [(on_list.words, by_hand.words, cut)]
        if on_list.fathers or by_hand.fathers:
            pairings.append((*with_fathers, cut))
    if on_list.alias:
        pairings.append((on_list.alias, by_hand.words, (False, False)))
        if by_hand.alias:
            pairings.append((on_list.words, by_hand.alias, (False, False)))
    return pairings


def _same_words(listed: Words, typed: Words, listed_may_be_cut: bool, typed_may_be_cut: bool) -> bool:
    """Lay two names side by side, word by word in their order, and see whether everything finds its match.

    `reached[i, j]` holds the ways (sets of bits) to match the first i listed words with the first j typed ones.
    """
    reached: dict[tuple[int, int], set[int]] = {(0, 0): {0}}
    ends = len(listed), len(typed)
    for i in range(ends[0]):
        for j in range(ends[1]):
            if not (ways := reached.get((i, j))):
                continue
            if (bits := _match(listed[i], typed[j], first=not i or not j)) is not None:
                _reach(reached, (i + 1, j + 1), ways, bits)
            # The first sound rules out most joins, before any words are run together.
            if not alike(listed[i].heard[0][0], typed[j].heard[0][0]):
                continue
            for a, b in JOINS:
                if i + a <= ends[0] and j + b <= ends[1] and _joined(listed[i : i + a], typed[j : j + b]):
                    _reach(reached, (i + a, j + b), ways, FULL_WORD | STRONG_WORD)
    if any(_is_enough(way) for way in reached.get(ends, ())):
        return True
    return (listed_may_be_cut and _cut_short(listed, typed, reached, at_a_space=True)) or (
        typed_may_be_cut and _cut_short(typed, listed, {(j, i): ways for (i, j), ways in reached.items()})
    )


def _reach(reached: dict[tuple[int, int], set[int]], to: tuple[int, int], ways: set[int], bits: int) -> None:
    """Go on from every way by a match; only one slip of the pen in a name."""
    reached.setdefault(to, set()).update(way | bits for way in ways if not way & bits & SLIP)


def _match(listed: Word, typed: Word, *, first: bool) -> int | None:
    """Compare two words; the bits that this match brings, or None."""
    if listed.is_initial or typed.is_initial:
        if listed.written == typed.written:
            return 0
        if first or listed.written[0] != typed.written[0]:
            return None
        return TYPED_IS_CUT if typed.is_initial else 0
    word = FULL_WORD if listed.is_weak else FULL_WORD | STRONG_WORD
    if are_two_names(listed.heard[0], typed.heard[0]):
        return None
    for one in listed.heard:
        for other in typed.heard:
            if alike(one, other):
                return word
    return word | SLIP if slip_of_the_pen(listed.written, typed.written) else None


def _joined(listed: Words, typed: Words) -> bool:
    """Tell whether words run together sound the same: NUR HAYATI and NURHAYATI."""
    one, other = [word.heard[0] for word in listed], [word.heard[0] for word in typed]
    # At a seam a letter or two may go; a join of other lengths cannot fit, and an initial is joined to nothing.
    lengths = [len(sounds) for sounds in one + other]
    if min(lengths) < 2 or abs(sum(lengths) - 2 * sum(lengths[: len(one)])) > SEAMS:
        return False
    return alike(run_together(one), run_together(other))


def _is_enough(way: int) -> bool:
    """One full word at least; and where an initial was typed for a name, a word that is not everybody's."""
    return bool(way & FULL_WORD) and (not way & TYPED_IS_CUT or bool(way & STRONG_WORD))


def _cut_short(cut: Words, whole: Words, reached: dict[tuple[int, int], set[int]], *, at_a_space: bool = False) -> bool:
    """Tell whether a name that fills its column goes on in the other: in its last word, or with more words."""
    last = cut[-1].written
    for j, word in enumerate(whole):
        if reached.get((len(cut) - 1, j)) and word.written != last and word.written.startswith(last):
            return True
    return at_a_space and any(reached.get((len(cut), j)) for j in range(len(whole)))
