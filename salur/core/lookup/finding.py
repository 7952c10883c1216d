"""Who stands under a number or code: as many rows are fetched, and names opened and compared, whether anybody does.

The statement begins at the number's place in the index and takes a fixed number of rows from there on. Those of the
number come first; what comes behind them, others of whom nothing is said, is decoy: real rows, found on the same way.
Which rows these are depends on the number alone, so that no number can be timed against another.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, case, exists, select, union_all
from sqlalchemy.orm import InstrumentedAttribute

from salur.core.names.decoys import DECOYS, LEAST_WORK
from salur.core.names.matching import same_name, typed_as_listed
from salur.core.names.parts import WrittenName, read_name
from salur.core.people.letter_codes import LetterCode, LetterState
from salur.core.people.nik import Identity
from salur.core.people.sealed import Names, issued_index, open_names, seal_names
from salur.core.storage.prepared import Prepared, PreparedForMany, columns_of, constant
from salur.core.storage.statements import AnySelect
from salur.core.storage.vault import Decoy, Vault
from salur.core.tables.letters import LetterRow
from salur.core.tables.people import CopiedRow, EntitlementRow, PersonRow

DECOY = Names(DECOYS[0], None)
Keep = Callable[[Collection[int]], Collection[int]]  # of people (ids), those that may be looked at
ROWS = LEAST_WORK + 1  # of an index: when all of them are of the number there may be more


class Under(NamedTuple):
    """A person under a number or code."""

    id: int
    nik_index: bytes | None
    kk_index: bytes | None
    sealed_names: bytes


class _Near(NamedTuple):
    """A person at a number's place in an index, or behind it: theirs is the `number`, which may be another."""

    id: int
    nik_index: bytes | None
    kk_index: bytes | None
    sealed_names: bytes
    number: bytes | None  # of a letter that is good for nothing any more None
    copied: bool  # the number asked for stands in a whole column of KK numbers: there it is nobody's

    @property
    def person(self) -> Under:
        return Under._make(self[:4])


_person = columns_of(Under, **{name: getattr(PersonRow, name) for name in Under._fields})
_copied = exists(select(CopiedRow.number).where(CopiedRow.number == bindparam("index")))
_found = select(*_person)
_GENUINE = constant(LetterState.GENUINE)


def _near(column: InstrumentedAttribute[bytes | None]) -> AnySelect:
    """The first people from a number on."""
    columns = (*_person, *columns_of(_Near, number=column, copied=_copied))
    rows = select(*columns).where(column >= bindparam("index")).order_by(column).limit(constant(ROWS))
    return select(rows.subquery())


def _near_letter() -> AnySelect:
    """The first people from the code of an office's letter on."""
    letters = select(EntitlementRow.person_id, EntitlementRow.letter_index)
    near = letters.where(EntitlementRow.letter_index >= bindparam("index")).order_by(EntitlementRow.letter_index)
    first = near.limit(constant(ROWS)).subquery()
    columns = (*_person, *columns_of(_Near, number=first.c.letter_index, copied=_copied))
    return select(*columns).join(first, first.c.person_id == PersonRow.id)


def _near_issued() -> AnySelect:
    """The first people from the code of a letter of Salur's on."""
    letters = select(LetterRow.entitlement_id, LetterRow.code_index, LetterRow.state)
    near = letters.where(LetterRow.code_index >= bindparam("issued")).order_by(LetterRow.code_index)
    first = near.limit(constant(ROWS)).subquery()
    good = case((first.c.state == _GENUINE, first.c.code_index))
    columns = (*_person, *columns_of(_Near, number=good, copied=_copied))
    listed = select(*columns).join(EntitlementRow, EntitlementRow.person_id == PersonRow.id)
    return listed.join(first, first.c.entitlement_id == EntitlementRow.id)


BY_ID = PreparedForMany(lambda ids: _found.where(PersonRow.id.in_(ids)), Under._make)
NEAR_NUMBER = Prepared(union_all(_near(PersonRow.nik_index), _near(PersonRow.kk_index)), _Near._make)
NEAR_LETTER = Prepared(union_all(_near_letter(), _near_issued()), _Near._make)
_bears_nik = PersonRow.nik_index == bindparam("index")
ALL_OF_NIK = Prepared(_found.where(_bears_nik), Under._make)
ALL_OF_NUMBER = Prepared(_found.where(_bears_nik | (PersonRow.kk_index == bindparam("index"))), Under._make)
_issued = select(LetterRow.entitlement_id).where(
    LetterRow.code_index == bindparam("issued"), LetterRow.state == _GENUINE
)
_lettered = (EntitlementRow.letter_index == bindparam("index")) | EntitlementRow.id.in_(_issued)
ALL_OF_LETTER = Prepared(_found.where(PersonRow.id.in_(select(EntitlementRow.person_id).where(_lettered))), Under._make)


@dataclass(frozen=True, slots=True, repr=False)
class Candidate:
    """A person under the number asked for, with the names opened."""

    id: int
    nik_index: bytes | None
    kk_index: bytes | None
    names: Names


class Finding:
    """Finds who has both number and name."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._decoy = Decoy(vault, lambda: seal_names(vault, DECOY, 0))

    def find(
        self, connection: Connection, identity: Identity, index: bytes, name: str | None, keep: Keep | None = None
    ) -> tuple[list[Candidate], list[Candidate]]:
        """The people under a number (`index` is its index), and those of them whose name it is; without one, all."""
        rows, others = self._rows(connection, identity, index)
        if keep is not None:
            kept = frozenset(keep([row.id for row in rows]))
            rows = [row for row in rows if row.id in kept]
        if name is None:
            everybody = [self._open(row) for row in rows]
            return everybody, everybody
        return self._compare(rows, others, index, name)

    def _compare(
        self, rows: Sequence[Under], others: Sequence[Under], index: bytes, name: str
    ) -> tuple[list[Candidate], list[Candidate]]:
        """These people with their names opened, and those of them whose name it is; of the others nothing.

        Until somebody is found, others make up the work: in one pass, so that each row costs the same whoever it is of,
        LEAST_WORK of them are opened, and one name more is compared, for the head of a family stands in each of its
        rows. A name is compared once, however many rows have it: a person on five lists is written the same on most.
        Who types it as it is listed is found at once: only a miss has to take as long as any other.
        """
        made_up = [*others, *repeat(Under(0, None, None, self._decoy.sealed), LEAST_WORK)]
        opened: list[Candidate] = []
        hits: list[Candidate] = []
        same: dict[str, bool] = {}
        typed: WrittenName | None = None
        for place, row in enumerate([*rows, *made_up[: max(LEAST_WORK - len(rows), 0)]]):
            if hits and place >= len(rows):
                break
            candidate = self._open(row)
            names = candidate.names.good_for(kk=candidate.kk_index == index)
            for listed in names:
                if listed in same:
                    continue
                just_so = typed_as_listed(listed, name)  # asked of others' names as well, so that each costs the same
                if just_so and place < len(rows):
                    same[listed] = True
                else:
                    typed = typed or read_name(name)
                    same[listed] = same_name(read_name(listed), typed)
            if any(same[listed] for listed in names) and place < len(rows):
                hits.append(candidate)
            opened.append(candidate)
        if not hits:
            # Names of nobody are a little longer than people's, one that was compared is compared faster: so a mixture.
            spare = (*DECOYS[:3], opened[-1].names.name, *DECOYS[3:])
            for listed in spare[: max(LEAST_WORK + 1 - len(same), 0)]:
                same_name(read_name(listed), typed)
        return opened[: len(rows)], hits

    def _rows(self, connection: Connection, identity: Identity, index: bytes) -> tuple[list[Under], list[Under]]:
        """Who stands under a number, and others, to open in their place."""
        if is_letter := isinstance(identity, LetterCode):
            values = {"index": index, "issued": issued_index(self._vault, identity.meant)}
        else:
            values = {"index": index}
        near = (NEAR_LETTER if is_letter else NEAR_NUMBER).run(connection, values)
        copied, numbers = bool(near and near[0].copied), {*values.values()}
        found = [row for row in near if row.number in numbers and (row.nik_index == index or is_letter or not copied)]
        others = {row.id: row.person for row in near if row.number not in numbers}
        if any(len(some) >= ROWS for some in _by_way(found, index)):
            every = ALL_OF_LETTER if is_letter else ALL_OF_NIK if copied else ALL_OF_NUMBER
            return every.run(connection, values), list(others.values())
        own = {row.id: row.person for row in found}
        return list(own.values()), [row for id, row in others.items() if id not in own]

    def _open(self, row: Under) -> Candidate:
        return Candidate(*row[:3], open_names(self._vault, row.sealed_names, row.id))


def _by_way(found: Sequence[_Near], index: bytes) -> Iterator[list[_Near]]:
    """What was found by each index that was looked into."""
    yield [row for row in found if row.nik_index == index]
    yield [row for row in found if row.nik_index != index]
