"""Names against somebody who searches: what is typed can only lose by padding, and few letters open nobody."""

from __future__ import annotations

import string
import unicodedata
from collections import Counter
from collections.abc import Hashable
from itertools import combinations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bench.name_search import search, what_was_read
from salur.core.names import lexicon as tables
from salur.core.names.matching import same_name, same_person
from salur.core.names.parts import read_name
from salur.sample.people import population

SAMPLE = Counter(person.name for house in population(600, 1) for person in house.members)
LISTED = sorted(SAMPLE)
READ = [read_name(name) for name in LISTED]
# What titles, degrees and aliases people write, each as it stands before or after a name.
BEFORE = [f"{title}{dot} " for title in sorted(tables.TITLES) for dot in ("", ".")]
AFTER = [f"{comma} {degree}" for degree in sorted(tables.DEGREES_PLAIN | tables.LATE) for comma in ("", ",")]
AFTER += [f", {degree}" for degree in sorted(tables.DEGREES_MARKED)] + [f" {mark} UJANG" for mark in tables.ALIAS_MARKS]
BEYOND = 25, 28, 30, 60
_opened: dict[Hashable, set[str]] = {}

a_listed = st.sampled_from(LISTED)
no_letter = st.characters(exclude_categories=("L", "M", "Cs"))
padding = st.text(no_letter | st.sampled_from("().,-/'[]{}@ 0"), max_size=30)


def opened(typed: str) -> set[str]:
    """The names of the sample that what was typed opens."""
    by_hand = read_name(typed)
    if (what := what_was_read(by_hand)) not in _opened:
        _opened[what] = {name for name, listed in zip(LISTED, READ, strict=True) if same_name(listed, by_hand)}
    return _opened[what]


@pytest.mark.parametrize("pad", [*". - 0 ( ) \u200b 🙂 _ ' , / \u00ad".split(), " .", " H.", ", SE"])
def test_a_letter_and_padding_opens_nobody(pad: str) -> None:
    for letter in string.ascii_uppercase:
        for length in BEYOND:
            assert opened((letter + pad * length)[:length]) == set()
        assert opened((pad * 30)[:29] + letter) == set()


@settings(max_examples=200, deadline=None)
@given(a_listed, st.data())
def test_what_is_no_letter_opens_nothing_more(name: str, data: st.DataObject) -> None:
    words = name.split()[: data.draw(st.integers(1, 3))]
    words[-1] = words[-1][: data.draw(st.integers(1, len(words[-1])))]
    pads = [data.draw(padding) for _ in range(len(words) + 1)]
    padded = pads[0] + "".join(word + (pad or " ") for word, pad in zip(words, pads[1:], strict=True))
    assert opened(padded) <= opened(" ".join(words))


@settings(max_examples=60, deadline=None)
@given(a_listed, st.integers(1, 8), st.sampled_from(BEFORE), st.sampled_from(AFTER))
@example("MASITOH", 1, "H. ", "")
def test_a_title_a_degree_or_an_alias_opens_nothing_more(name: str, letters: int, before: str, after: str) -> None:
    for typed in (name, name[:letters]):
        assert opened(before + typed) <= opened(typed)
        assert opened(typed + after) <= opened(typed)
        assert opened((before * 12 + typed)[-30:]) <= opened(typed)


def test_less_than_three_letters_open_only_who_is_listed_so() -> None:
    for letter in string.ascii_uppercase:
        for typed in (letter, *(letter + other for other in string.ascii_uppercase)):
            assert opened(typed) <= {typed}
            assert opened(" ".join(typed)) <= {" ".join(typed)}


@pytest.mark.parametrize("listed", ["SITI MAESAROH", "SITI M", "MUHAMMAD R", "ANDI S", "MADE", "AHMAD", "MASITOH"])
def test_initials_and_short_forms_alone_stand_for_no_name(listed: str) -> None:
    words = listed.split()
    assert not same_person(listed, " ".join(word[0] for word in words) + ("" if len(words) > 1 else "."))
    for short in ("ST", "MD", "AH", "M", "A", "S"):
        assert not same_person(listed, short)


@pytest.mark.parametrize(
    ("listed", "typed"),
    [
        ("SITI AMINAH", "SI{}TI A"),
        ("MUHAMMAD RIDWAN", "MU{}HAMMAD R"),
        ("NURUL HIDAYAH", "NU{}RUL H"),
        ("SITI NUR HASANAH", "SITI{}NUR H"),
        ("MUHAMMAD NUR HASAN", "MUHAMMAD{}NUR H"),
        ("ABDUR ROHMAN", "ABDUL{} R"),
        ("SYITI AMINAH", "SITI{} A"),
    ],
)
def test_a_word_that_is_everybodys_stays_so_however_it_is_split(listed: str, typed: str) -> None:
    for sign in ("", " ", "-", ".", ", ", "'"):
        assert not same_person(listed, typed.format(sign))


@pytest.mark.parametrize("listed", ["SITI AMINAH/P", "SITI AMINAH D/A", "UJANG SUPRIATNA / S", "UJANG ALIAS M"])
def test_a_letter_after_a_slash_is_nobodys_other_name(listed: str) -> None:
    for typed in ("A", "P", "M", "S", "Muhammad", "Ahmad", "Andi", "Siti"):
        assert not same_person(listed, typed)


def test_a_note_with_too_many_words_is_not_matched_by_as_many() -> None:
    listed = "SUMARNI (ISTRI DARI ALM UJANG YANG TINGGAL DI RUMAH ANAK PERTAMA NYA SENDIRI)"
    assert same_person(listed, "Sumarni")
    assert not same_person(listed, "X (a b c d e f g h i j k l m)")


def test_only_an_office_cuts_a_name_off() -> None:
    whole, cut = "SITI NURHASANAH RATNANINGSIH", "SITI NURHASANAH RATNANINGS"
    assert same_person(cut, whole)
    assert not same_person(whole, cut)


@pytest.mark.parametrize(
    "listed",
    ["M. (ISTRI ALM. UJANG SUPARMAN)", f"NUR {'.' * 22}", "SITI NURUL (SUAMI MENINGGAL)", f"SITI A, S.PD{'.' * 15}"],
)
def test_a_note_or_padding_on_the_list_is_no_cut_name(listed: str) -> None:
    assert not same_person(listed, "Maesaroh")
    assert not same_person(listed, "Nurhayati")
    assert not same_person(listed, "Siti Nurul Hasanah")
    assert not same_person(listed, "Siti Aminah Rukmini")


@pytest.mark.parametrize(
    ("typed", "one", "other"),
    [
        ("ZUMIATI", "JUMIATI", "SUMIATI"),
        ("DZUMIATI", "JUMIATI", "SUMIATI"),
        ("SUKHARTI", "SUHARTI", "SUKARTI"),
        ("CHASMAWATI", "HASMAWATI", "KASMAWATI"),
        ("SUMARNOH", "SUMARNO", "SUMARNA"),
        ("HARZONO", "HARJONO", "HARSONO"),
        ("DEDZI", "DEDI", "DESI"),
        ("JOELIE", "JULI", "YULI"),
        ("SITI AMINAH ALIAS SUMIATI", "SITI AMINAH", "SUMIATI ALIAS MIA"),
        ("SITI / AMINAH", "SITI", "SITI AMINAH"),
        ("SITI (AMINAH)", "SITI", "SITI AMINAH"),
        ("AGUS, H", "AGUS", "AGUS HIDAYAT"),
        ("RU'MINI", "RUMINI", "RUKMINI"),
        ("NA ZIR", "NAZIR", "NASIR"),
        ("SU ZANA", "SUZANA", "SUSANA"),
        ("SU-ZANA", "SUZANA", "SUJANA"),
        ("HAR ZANTI", "HARJANTI", "HARSANTI"),
        ("SITI BIN AMINAH", "SITI", "SITI AMINAH"),
        ("ZITI BINTI AMINAH", "SITI", "SITI AMINAH"),
        ("NUR BIN HAYATI", "NUR", "NURHAYATI"),
        ("SUMIATI BIN A", "SUMIATI", "SUMIATI AMALIA"),
    ],
)
def test_one_try_is_no_guess_at_two_names(typed: str, one: str, other: str) -> None:
    assert not (same_person(one, typed) and same_person(other, typed))


def test_a_symbol_that_would_become_letters_is_none() -> None:
    assert unicodedata.normalize("NFKD", "№") == "No"
    assert not same_person("SUPARNO", "Supar№")
    assert not same_person("SITI AMINAH", "Ⓢiti Ⓐminah")


def test_whoever_searches_finds_nothing_better_than_the_commonest_name() -> None:
    found = search(SAMPLE, steps=1, width=12)
    honest = max(sum(SAMPLE[name] for name in opened(typed)) for typed, _ in SAMPLE.most_common(40))
    assert found[0].opened <= honest, found[0].typed


def test_the_common_names_of_the_sample_are_no_two_names_to_one_typed() -> None:
    common = [name for name, _ in SAMPLE.most_common(60)]
    for one, other in combinations(common, 2):
        assert same_person(one, other) == same_person(other, one)
