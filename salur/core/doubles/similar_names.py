"""Names of one RT that are nearly one: perhaps a person with two NIKs, perhaps two people.

Comparing all with all by `matching.same_name` would take minutes. Within an RT, a quick likeness of letters leaves few
pairs, and only these are compared properly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from rapidfuzz import fuzz, process

from salur.core.doubles.queries import ListedHere
from salur.core.names.matching import same_name
from salur.core.names.parts import plain_words, read_name

# rapidfuzz's ratio, 0-100. M. FAUZI and MUHAMMAD FAUZI, as unlike as one name is written, have 63.
LIKENESS = 60


def alike_in(rows: Sequence[ListedHere], names: Mapping[int, str]) -> list[list[ListedHere]]:
    """Pairs of NIKs in one RT whose names are nearly one, each pair as all its entries; by RW, RT and name.

    `rows` are entries with `nik_index`, area and `person_id`; `names` are the opened names by person.
    """
    by_rt: dict[tuple[str, int, int], dict[bytes, list[ListedHere]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row.nik_index is not None:
            by_rt[row.region_code or "", row.rw or 0, row.rt or 0][row.nik_index].append(row)
    pairs = []
    for _, people in sorted(by_rt.items()):
        for one, other in _alike_of_an_rt({nik: names[entries[0].person_id] for nik, entries in people.items()}):
            pairs.append(people[one] + people[other])
    return pairs


def _alike_of_an_rt(names: Mapping[bytes, str]) -> list[tuple[bytes, bytes]]:
    ordered = sorted(names, key=names.__getitem__)
    letters = ["".join(plain_words(names[nik])) for nik in ordered]
    read = cache(read_name)  # each name once, and forgotten with this RT
    found = []
    for place, one in enumerate(ordered):
        if not letters[place]:
            continue
        rest = letters[place + 1 :]
        for _, _, offset in process.extract(letters[place], rest, scorer=fuzz.ratio, score_cutoff=LIKENESS, limit=None):
            other = ordered[place + 1 + offset]
            a, b = read(names[one]), read(names[other])
            # Either may be the one that a list cut short.
            if same_name(a, b) or same_name(b, a):
                found.append((one, other))
    return found
