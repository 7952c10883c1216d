"""Is the name that was typed the name that is listed?

`same_person` forgives what registers and people do to one name (spelling, old spelling, joining and splitting,
short forms, titles) and nothing that tells two people apart. The knowledge is in `lexicon`, the sounds of a word
in `spelling`, taking a name apart in `parts`; here the words of two names are laid side by side.
The rules, what they cost and how they were measured: docs/names.md.
"""

from __future__ import annotations

from typing import Final

from salur.core.names.lexicon import PARTICLES
from salur.core.names.parts import MOST_WORDS, Word, WrittenName, plain_words, read_name
from salur.core.names.spelling import alike, are_two_names, run_together, slip_of_the_pen

Words = tuple[Word, ...]

# How many words of the listed and of the typed name may stand for each other: NURHAYATI, NUR HAYATI.
JOINS: Final = ((1, 2), (2, 1), (1, 3), (3, 1))

SEAMS: Final = 4  # letters that two seams may swallow or give back
LEAST_LETTERS: Final = 3  # what is typed shorter opens only what is listed just so
LEAST_LEFT: Final = 2  # words that a name has besides a particle that may be left out
LEAST_CUT: Final = 3  # letters that a list must have left of the word it cut

# What an alignment has used up or shown so far, as bits.
FULL_WORD, STRONG_WORD, TYPED_IS_CUT, SLIP = 1, 2, 4, 8


def same_person(listed: str, typed: str) -> bool:
    """Tell whether someone who typed one name may be the person listed under the other.

    The number is checked elsewhere.
    Symmetric but for what only an office does: a list may cut a name, put a note in brackets, name an alias; whoever
    types is forgiven none of that, because they may be guessing.
    Never raises; names that are empty, over 200 characters long or not in Latin letters are nobody's.
    """
    return same_name(read_name(listed), read_name(typed))


def same_name(on_list: WrittenName | None, by_hand: WrittenName | None) -> bool:
    """Tell the same of names that were taken apart already: who compares one with many reads it once."""
    if on_list is None or by_hand is None:
        return False
    one_of_them = False
    # A note in brackets may be typed along: SUMARNI (NANI).
    for listed in (on_list, on_list.by_hand) if on_list.by_hand and on_list.by_hand.words else (on_list,):
        for listed_words, typed_words, may_be_cut in _pairings(listed, by_hand.by_hand or by_hand):
            one_of_them |= _same_words(listed_words, typed_words, listed_may_be_cut=may_be_cut)
    return one_of_them


def typed_as_listed(listed: str, typed: str) -> bool:
    """Tell whether every word was typed as it is listed: surely one person, and nothing has to be taken apart.

    Of whole words alone: what is short, cut or set aside by signs is weighed as ever.
    """
    words = listed.upper().split()
    if words != typed.upper().split() or not 0 < len(words) <= MOST_WORDS:
        return False
    return all(len(word) >= LEAST_LETTERS and word.isascii() and word.isalpha() for word in words)


def initials(name: str) -> str:
    """Shorten a name to what an answer may show: SITI MAESAROH is "S. M."; titles are dropped. "" for no name."""
    return " ".join(f"{word[0]}." for word in plain_words(name))


def _pairings(on_list: WrittenName, by_hand: WrittenName) -> list[tuple[Words, Words, bool]]:
    """List what may be compared, and whether the listed words may have been cut.

    The names, each with or without the father's name, and the aliases. When both give a father's name, it has to be the
    same one. An alias that is typed opens nothing: "BUDI ALIAS SITI" would be two guesses in one try.
    """
    with_fathers = on_list.words + on_list.fathers, by_hand.words + by_hand.fathers
    if on_list.fathers and by_hand.fathers:
        pairings = [(*with_fathers, on_list.may_be_cut)]
    else:
        pairings = [(on_list.words, by_hand.words, on_list.may_be_cut and not on_list.fathers)]
        if on_list.fathers or _may_follow(on_list, by_hand):
            pairings.append((*with_fathers, on_list.may_be_cut))
    pairings += _without_first(on_list, by_hand)
    if sum(len(word.written) for word in on_list.alias) >= LEAST_LETTERS:  # the P of SITI AMINAH/P is no name
        pairings.append((on_list.alias, by_hand.words, False))
    return pairings


def _without_first(on_list: WrittenName, by_hand: WrittenName) -> list[tuple[Words, Words, bool]]:
    """What may be compared when one side leaves out a Balinese particle, or the typed name the listed first initial.

    E. SUMIATI is Sumiati; but an initial that stands for a name is not left out: M. RIDWAN is no Ridwan.
    """
    listed, typed = on_list.words, by_hand.words
    if not listed or not typed:
        return []
    has_particle = [name[0].written in PARTICLES and len(name) > LEAST_LEFT for name in (listed, typed)]
    if has_particle == [True, False]:
        return [(listed[1:], typed, on_list.may_be_cut)]
    if has_particle == [False, True]:
        return [(listed, typed[1:], on_list.may_be_cut)]
    if _may_be_left_out(listed[0]) and not typed[0].is_initial and any(_is_strong(word) for word in listed[1:]):
        return [(listed[1:], typed, on_list.may_be_cut)]
    return []


def _may_be_left_out(first: Word) -> bool:
    return first.is_initial and first.written not in PARTICLES


def _is_strong(word: Word) -> bool:
    return not word.is_weak and not word.is_initial


def _may_follow(on_list: WrittenName, by_hand: WrittenName) -> bool:
    """Whether a father's name that was typed may stand on the list without BIN: KACO TUMA for Kaco bin Tuma.

    "Siti bin Aminah" would be two good guesses, SITI and SITI AMINAH, and so would be an initial: SUMIATI, SUMIATI A.
    """
    if not by_hand.fathers or any(word.is_initial for word in by_hand.fathers):
        return False
    return not all(word.is_weak for word in on_list.words[: -len(by_hand.fathers)])


def _same_words(listed: Words, typed: Words, *, listed_may_be_cut: bool) -> bool:
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
                    _reach(reached, (i + a, j + b), ways, _weight(listed[i : i + a], typed[j : j + b]))
    if sum(len(word.written) for word in typed) < LEAST_LETTERS or not reached.get(ends):
        enough = [word.written for word in listed] == [word.written for word in typed]
    else:
        enough = any(_is_enough(way) for way in reached[ends])
    return enough or (listed_may_be_cut and _goes_on(listed, typed, reached))


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
    word = _weight((listed,), (typed,))
    if len(typed.written) == 1:  # M. for MUHAMMAD: lawful, but one letter is easily guessed
        word = 0
    if are_two_names(listed.heard[0], typed.heard[0]):
        return None
    for one in listed.heard:
        for other in typed.heard:
            if alike(one, other):
                return word
    return word | SLIP if slip_of_the_pen(listed.written, typed.written) else None


def _weight(listed: Words, typed: Words) -> int:
    """What words that match count for. SI TI or ABDUR is everybody's, however it is split or written."""
    weak = all(word.is_weak for word in listed) or all(word.is_weak for word in typed)
    return FULL_WORD if weak else FULL_WORD | STRONG_WORD


def _joined(listed: Words, typed: Words) -> bool:
    """Tell whether words run together sound the same: NUR HAYATI and NURHAYATI."""
    one, other = [word.heard[0] for word in listed], [word.heard[0] for word in typed]
    # At a seam a letter or two may go; a join of other lengths cannot fit, and an initial is joined to nothing.
    lengths = [len(sounds) for sounds in one + other]
    if min(lengths) < 2 or abs(sum(lengths) - 2 * sum(lengths[: len(one)])) > SEAMS:
        return False
    whole, whole_other = run_together(one), run_together(other)
    # A Z at a seam is out of its surroundings: HAR ZANTI would be both HARJANTI and HARSANTI, SU ZANA three names.
    return not are_two_names(whole, whole_other) and alike(whole.replace("Z", "J"), whole_other.replace("Z", "J"))


def _is_enough(way: int) -> bool:
    """One full word at least; and where an initial was typed for a name, a word that is not everybody's."""
    return bool(way & FULL_WORD) and (not way & TYPED_IS_CUT or bool(way & STRONG_WORD))


def _goes_on(listed: Words, typed: Words, reached: dict[tuple[int, int], set[int]]) -> bool:
    """Tell whether a listed name that fills its column goes on in the typed one: in its last word, or with more words.

    Only after a word that is not everybody's, and, within a word, after letters enough to know it by.
    """
    last = listed[-1].written
    for j, word in enumerate(typed):
        if _is_known(reached.get((len(listed), j))):
            return True
        if len(last) >= LEAST_CUT and word.written.startswith(last) and _is_known(reached.get((len(listed) - 1, j))):
            return True
    return False


def _is_known(ways: set[int] | None) -> bool:
    return any(way & STRONG_WORD for way in ways or ())
