"""Who is who in a neighbourhood: a row of `person` is one spelling, and one person may have several.

Rows with one NIK are one person where the KK number or the name agrees, as in the look-up: a NIK that an office
mistyped belongs to someone else. Without a NIK the KK number with the name tells, and for carriers' lists that give no
number at all, the same name in the same RT, counted along on each list so that two of one name stay two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from salur.core.lookup.still_listed import Written
from salur.core.names.matching import same_person
from salur.core.names.typed import letters
from salur.core.neighbourhood.queries import Row
from salur.core.people.families import is_family
from salur.core.people.sealed import open_name
from salur.core.storage.vault import Vault


class People:
    """The people of some rows, each known by the id of their first row."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._written: dict[int, Written] = {}
        self._who: dict[int, object] = {}
        self._rows: dict[object, list[int]] = defaultdict(list)
        self._by_number: dict[bytes, list[Written]] = defaultdict(list)
        self._by_entry: dict[int, object] = {}
        self._counted: dict[tuple[object, ...], int] = defaultdict(int)

    def learn(self, rows: Iterable[Row]) -> None:
        """Take in rows as `queries` gives them, opening each name once."""
        for row in rows:
            if row.person.id not in self._written:
                name = open_name(self._vault, row.person.sealed_names, row.person.id)
                self._written[row.person.id] = Written(row.person.id, row.person.nik_index, row.person.kk_index, name)
        for row in rows:
            if row.person.id not in self._who:
                before = self._by_entry.get(row.corrects) if row.corrects is not None else None
                who = self._recognised(self._written[row.person.id], row, before)
                self._who[row.person.id] = who
                self._rows[who].append(row.person.id)
            self._by_entry[row.id] = self._who[row.person.id]

    def __contains__(self, person: int) -> bool:
        """Whether a row was taken in."""
        return person in self._who

    def name(self, person: int) -> str:
        """The name as listed."""
        return self._written[person].name

    def who(self, person: int) -> object:
        """What tells this person from all others."""
        return self._who[person]

    def rows_of(self, who: object) -> Sequence[int]:
        """The ids of all rows of one person."""
        return self._rows[who]

    def written(self, who: object) -> Sequence[Written]:
        """All rows of one person."""
        return [self._written[id] for id in self._rows[who]]

    def _recognised(self, person: Written, row: Row, before: object | None) -> object:
        """Who that is: someone known by then, or a new one; `before` whoever stood there whose name was corrected."""
        if person.nik is None and person.kk is None:
            if before is not None:
                return before
            here = (letters(person.name), row.person.rw, row.person.rt)
            self._counted[row.list_id, here] += 1
            return (*here, self._counted[row.list_id, here])
        numbers = [number for number in (person.nik, person.kk) if number is not None]
        # Under a KK number that an office copied down its whole column nobody is found.
        found = [self._by_number[number] for number in numbers]
        known = [other for some in found if is_family((p.nik, p.id) for p in some) for other in some]
        same = next((other for other in known if _same(person, other)), None)
        for number in numbers:
            self._by_number[number].append(person)
        if before is not None:
            return before
        return person.id if same is None else self._who[same.id]


def _same(one: Written, other: Written) -> bool:
    """Whether two rows with a number in common are one person."""
    if one.nik is not None and other.nik is not None:
        if one.nik != other.nik:
            return False
        if one.kk is not None and one.kk == other.kk:
            return True
    return one.name == other.name or same_person(one.name, other.name)
