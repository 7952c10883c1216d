"""Files of one round are one list: RW by RW, or one file a kelurahan, together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from salur.core.lists.importing.kept import Kept
from salur.core.lists.kinds import Draft, Fault, LeftOut, ListedPerson, RowId, RowSum

Named = tuple[str, Draft]  # a file's name, and what was read


class Listed:
    """The NIKs met. The same one in several programmes or stages is fine, twice in one list is not."""

    def __init__(self) -> None:
        self._met: defaultdict[tuple[str | None, str | None], set[int]] = defaultdict(set)

    def has(self, person: ListedPerson) -> bool:
        """Whether somebody with this NIK was met."""
        return person.nik is not None and int(person.nik) in self._met[person.programme, person.stage]

    def add(self, person: ListedPerson) -> None:
        """Remember it; numbers of sixteen digits take half the room as what they are."""
        if person.nik:
            self._met[person.programme, person.stage].add(int(person.nik))

    def meets(self, person: ListedPerson) -> bool:
        """Whether somebody with this NIK was met; remembers it."""
        if person.nik is None:
            return False
        met, number = self._met[person.programme, person.stage], int(person.nik)
        before = len(met)
        met.add(number)
        return len(met) == before

    def update(self, other: Listed) -> None:
        """Remember what the other has met."""
        for key, met in other._met.items():
            self._met[key] |= met


def together(drafts: Sequence[Named]) -> Draft:
    """One draft of several files. Rows are called `FILE:row`; a NIK that stands in two files is a fault."""
    if len(drafts) == 1:
        return drafts[0][1]
    people, faults, before = Kept(), list[Fault](), Listed()
    for name, draft in drafts:
        faults += [fault._replace(row=_named(name, fault.row)) for fault in draft.faults]
        mine = Listed()
        for person in draft.people:
            row = _named(name, person.row)
            if before.has(person):
                faults.append(Fault(row, "nik", "nik_duplicate"))
            mine.add(person)
            people.add(replace(person, row=row))
        before.update(mine)
    return Draft(
        people=people,
        faults=tuple(faults),
        refused=tuple(_named(name, row) for name, draft in drafts for row in draft.refused),
        header=drafts[0][1].header,
        faulty_cells={_named(name, row): cells for name, d in drafts for row, cells in d.faulty_cells.items()},
        rows=_sum(drafts),
        files=tuple(draft.tally for _, draft in drafts),
        years=frozenset().union(*(draft.years for _, draft in drafts)),
    )


def _sum(drafts: Sequence[Named]) -> RowSum:
    sums = [(name, draft.rows) for name, draft in drafts]
    return RowSum(
        filled=sum(rows.filled for _, rows in sums),
        taken=sum(rows.taken for _, rows in sums),
        refused=sum(rows.refused for _, rows in sums),
        left_out=tuple(LeftOut(_named(name, row), why) for name, rows in sums for row, why in rows.left_out),
        hidden=tuple(_named(name, row) for name, rows in sums for row in rows.hidden),
    )


def _named(name: str, row: RowId) -> str:
    return f"{name}:{row}"
