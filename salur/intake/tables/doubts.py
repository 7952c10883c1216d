"""Columns in doubt: where header, content and neighbours disagree, the operator is asked. Nothing is guessed.

A number beside another's name is the worst that a list can say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from salur.core.errors import Refused
from salur.intake.cells.texts import text_of, value_of
from salur.intake.files.sheet import Row
from salur.intake.tables.columns import BOTH_NUMBERS, NUMBERING, Guess, How, Speller, column_letters, fold_header
from salur.intake.tables.content import MONEY, MOSTLY, NAME, NEIGHBOURHOOD, STREET, WOMAN, is_of_birth, is_recent

NEVER_TWICE = ("nik", "kk", "name", "letter_code", "amount")
HEAD, PAYEE, MEMBER = "kepala keluarga", "penerima", "anggota keluarga"
ROLES = (
    (HEAD, re.compile(r"\b(?:KEP(?:ALA)?\.? ?(?:KEL(?:UARGA)?|KK)|KRT)\b|\b(?:NAMA|NM|NIK) KK\b|\bKK (?:NAMA|NIK)\b")),
    (PAYEE, re.compile(r"\b(?:PENERIMA|KPM|PM|PBP|PENGURUS)\b")),
    (MEMBER, re.compile(r"\b(?:ART|ANGGOTA|ANAK)\b")),
)
CHILD = re.compile(r"ANAK|SISWA|YATIM|BALITA|MURID", re.I)
NO_LETTERS = re.compile(r"[\W\d_]*")
SIXTEEN = re.compile(r"[\dOo]{16}")
LEAST = 2  # values that a column must have before it contradicts its header
FOR_AGES = 6  # numbers, none of them a woman's
ENOUGH_FAMILIES = 4  # names beside a number that is another's, too
NIK_KK = {"NIKKK", "NONIKKK"}


def refuse_doubtful(
    readings: Sequence[Sequence[str]], guesses: Mapping[int, Guess], rows: list[Row], speller: Speller
) -> None:
    """Ask the operator about columns that may be something else. What they named themselves is in no doubt.

    What they named in an earlier file with these headers is in none for its header, but this file may hold something
    else under it: who sends it every month sends it once with the columns exchanged.

    Raises: Refused with `column_of_both`, `column_twice`, `columns_of_two` or `column_contradicts`.
    """
    values = {column: _values(rows, column) for column in guesses}
    chosen = {guess.field: column for column, guess in guesses.items() if guess.field != "unused"}
    sure = {field for field, column in chosen.items() if guesses[column].how <= How.REMEMBERED}
    told = {field for field in sure if guesses[chosen[field]].how == How.TOLD}
    _refuse_both(readings, guesses, chosen)
    for field in NEVER_TWICE:
        if field in chosen and field not in sure:
            _refuse_twice(field, chosen[field], readings, guesses, rows, speller)
    if not {"nik", "name"} & sure:
        _refuse_two(readings, chosen, speller)
    for field, looks in _contradictions(chosen, values, readings, rows):
        if field not in told:
            column = column_letters(chosen[field])
            raise Refused("column_contradicts", column=column, field=field, looks=looks)


def _values(rows: list[Row], column: int) -> list[str]:
    return [text for row in rows if column < len(row) and (text := value_of(row[column]))]


def _refuse_both(readings: Sequence[Sequence[str]], guesses: Mapping[int, Guess], chosen: dict[str, int]) -> None:
    """A header that names NIK and KK number alike, where one of the two has no other column."""
    if {"nik", "kk"} <= set(chosen):
        return
    for column, texts in enumerate(readings):
        how = guesses[column].how if column in guesses else How.CONTENT
        if how == How.CONTENT and any(BOTH_NUMBERS.search(text) for text in texts):
            raise Refused("column_of_both", column=column_letters(column))


def _refuse_twice(
    field: str,
    column: int,
    readings: Sequence[Sequence[str]],
    guesses: Mapping[int, Guess],
    rows: list[Row],
    speller: Speller,
) -> None:
    """Two columns that are called the same, and hold different things: tables side by side, or two people's numbers."""
    guess = guesses[column]
    if guess.how == How.CONTENT:
        return
    side_by_side = sum(any(fold_header(text) in NUMBERING for text in texts) for texts in readings) > 1
    any_of_field = side_by_side or field == "amount"  # NOMINAL of a month and JUMLAH of three are called two things
    rivals = [
        other
        for other, texts in enumerate(readings)
        if other != column
        and (other not in guesses or guesses[other].field == "unused")
        and any(offer == guess or (any_of_field and offer.field == field) for offer in speller.offers(texts))
        and any(_differ(row, column, other) for row in rows)
    ]
    if rivals and not (field == "amount" and _only_money(column, rivals, rows)):
        columns = ", ".join(map(column_letters, [column, *rivals]))
        raise Refused("column_twice", field=field, columns=columns)


def _differ(row: Row, column: int, other: int) -> bool:
    mine, theirs = (text_of(row[c]) if c < len(row) else "" for c in (column, other))
    return theirs not in ("", mine)


def _only_money(column: int, rivals: list[int], rows: list[Row]) -> bool:
    """Whether the column that was taken holds money and the others do not."""
    return _share(_values(rows, column), MONEY.fullmatch) >= 0.6 and all(
        _share(_values(rows, other), MONEY.fullmatch) < 0.2 for other in rivals
    )


def _refuse_two(readings: Sequence[Sequence[str]], chosen: Mapping[str, int], speller: Speller) -> None:
    """The number of one person beside the name of another: by the headers' words, else by where the columns stand."""
    if not {"nik", "name"} <= set(chosen):
        return
    roles = [_role(readings[chosen[f]]) if chosen[f] < len(readings) else None for f in ("nik", "name")]
    if None in roles:
        places = [_place(field, chosen[field], readings, speller) for field in ("nik", "name")]
        apart = places[0][1] == places[1][1] and places[0] != places[1]
    else:
        apart = roles[0] != roles[1]
    if apart:
        nik, name = (column_letters(chosen[field]) for field in ("nik", "name"))
        raise Refused("columns_of_two", nik=nik, name=name)


def _place(field: str, column: int, readings: Sequence[Sequence[str]], speller: Speller) -> tuple[int, int]:
    """Of the columns that may be a field, how many there are before this one, and in all; of one alone nothing."""
    alike = [c for c, texts in enumerate(readings) if any(guess.field == field for guess in speller.offers(texts))]
    return (alike.index(column), len(alike)) if len(alike) > 1 and column in alike else (0, 1)


def _role(texts: Sequence[str]) -> str | None:
    """Whose column it is by its header; None when the header does not say, or says two."""
    told = re.sub(r"[^A-Z.]+", " ", " / ".join(texts).upper())
    found = [role for role, words in ROLES if words.search(told)]
    return found[0] if len(found) == 1 else None


def _contradictions(
    chosen: dict[str, int], values: dict[int, list[str]], readings: Sequence[Sequence[str]], rows: list[Row]
) -> Iterator[tuple[str, str]]:
    """Fields whose column holds something else, and what it looks like."""
    held = {field: values[column] for field, column in chosen.items()}
    nik, kk = _numbers(held.get("nik", [])), _numbers(held.get("kk", []))
    women = sum(map(_is_womans, kk))
    unlike_cards = len(kk) >= (LEAST if women else LEAST + 1) and all(map(is_of_birth, kk))
    if (women >= LEAST and not any(map(_is_womans, nik))) or (unlike_cards and not nik):
        yield "kk", "nik"
    texts = readings[chosen["nik"]] if chosen.get("nik", len(readings)) < len(readings) else ()
    if len(nik) >= LEAST and not any(map(_is_womans, nik)) and _share(nik, is_recent) >= MOSTLY:
        # Six that are all boys: chance makes that in one list of sixty. Fewer, where the header or a KK column says so.
        sure = len(nik) >= FOR_AGES or any(fold_header(text) in NIK_KK for text in texts)
        if (sure or (len(kk) >= LEAST and _share(kk, is_of_birth) >= MOSTLY)) and not any(map(CHILD.search, texts)):
            yield "nik", "kk"
    if _are_families(rows, chosen):
        yield "nik", "kk"
    for field, looks, least, fits in WRONG:
        if len(column := held.get(field, [])) >= least and _share(column, fits) > 0.6:
            yield field, looks


def _are_families(rows: list[Row], chosen: Mapping[str, int]) -> bool:
    """Whether most numbers of the NIK column stand beside several names, as KK numbers do."""
    if not {"nik", "name"} <= set(chosen):
        return False
    pairs = [tuple(text_of(row[c]) if c < len(row) else "" for c in (chosen["nik"], chosen["name"])) for row in rows]
    names: dict[str, set[str]] = {}
    for number, name in pairs:
        if _is_number(number) and name:
            names.setdefault(number, set()).add(name)
    shared = sum(len(group) for group in names.values() if len(group) > 1)
    return shared >= ENOUGH_FAMILIES and shared * 2 > sum(map(len, names.values()))


def _numbers(values: list[str]) -> list[str]:
    return [digits for value in values if SIXTEEN.fullmatch(digits := re.sub(r"[\s.'-]", "", value))]


def _is_womans(digits: str) -> bool:
    """Women's NIKs have 40 added to the day of birth; the day in a KK number is that on which the card was issued."""
    return WOMAN.match(digits) is not None


def _is_name(value: str) -> bool:
    return len(value) > 2 and NAME.fullmatch(value) is not None


def _is_number(value: str) -> bool:
    return SIXTEEN.fullmatch(re.sub(r"[\s.'-]", "", value)) is not None


def _is_place(value: str) -> bool:
    return STREET.match(value) is not None or NEIGHBOURHOOD.fullmatch(value) is not None


def _has_no_letters(value: str) -> bool:
    return NO_LETTERS.fullmatch(value) is not None


def _share(values: Sequence[str], fits: Callable[[str], object]) -> float:
    return sum(bool(fits(value)) for value in values) / max(len(values), 1)


# Field, what its column looks like, how many values that takes, and what a value of the other kind is.
WRONG: tuple[tuple[str, str, int, Callable[[str], object]], ...] = (
    ("nik", "name", 3, _is_name),
    ("kk", "name", 3, _is_name),
    ("name", "number", LEAST, _has_no_letters),
    ("name", "address", LEAST, _is_place),
    ("amount", "nik", LEAST, _is_number),
    ("amount", "name", 3, _is_name),
    ("letter_code", "nik", LEAST, _is_number),
    ("address", "nik", LEAST, _is_number),
)
