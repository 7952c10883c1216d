"""Files of one round are one list: RW by RW, or one file a kelurahan, together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from salur.core.lists.kinds import Draft, Fault, LeftOut, ListedPerson, RowId, RowSum

Named = tuple[str, Draft]  # a file's name, and what was read


def together(drafts: Sequence[Named]) -> Draft:
    """One draft of several files. Rows are called `FILE:row`; a NIK that stands in two files is a fault."""
    if len(drafts) == 1:
        return drafts[0][1]
    people: list[ListedPerson] = []
    faults: list[Fault] = []
    listed: dict[tuple[str | None, ...], str] = {}
    for name, draft in drafts:
        faults += [fault._replace(row=_named(name, fault.row)) for fault in draft.faults]
        for person in draft.people:
            row = _named(name, person.row)
            if person.nik and listed.setdefault((person.nik, person.programme, person.stage), name) != name:
                faults.append(Fault(row, "nik", "nik_duplicate"))
            people.append(replace(person, row=row))
    return Draft(
        people=tuple(people),
        faults=tuple(faults),
        refused=tuple(_named(name, row) for name, draft in drafts for row in draft.refused),
        header=drafts[0][1].header,
        faulty_cells={_named(name, row): cells for name, d in drafts for row, cells in d.faulty_cells.items()},
        rows=_sum(drafts),
        files=tuple(len(draft.people) for _, draft in drafts),
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
