"""Whether the people under one KK number are a family, or the number was copied down a whole column and is nobody's.

The same count for rows at hand (`is_family`) and in a statement (`are_family`): each NIK once, however often it is
listed, and everybody without one, as nobody can say who else that is. The look-up must not take longer where thousands
stand under a number, so these numbers are kept (`note_copied`) whenever people were written or deleted.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, case, delete, func, insert, select

from salur.core.storage.statements import AnyField
from salur.core.tables.people import CopiedRow, PersonRow

LARGEST_FAMILY = 40  # more payees than any family card holds


def is_family(people: Iterable[tuple[bytes | None, int]]) -> bool:
    """Whether these people (index of the NIK, or None, and id) can be one family. Looks no further than it has to."""
    members: set[bytes | int] = set()
    for nik, id in people:
        members.add(id if nik is None else nik)
        if len(members) > LARGEST_FAMILY:
            return False
    return True


def are_family(nik: AnyField, id: AnyField) -> ColumnElement[bool]:
    """The condition that the people of a group, by their columns, can be one family: for HAVING."""
    without = func.count(case((nik.is_(None), id)).distinct())
    return func.count(nik.distinct()) + without <= LARGEST_FAMILY


def note_copied(connection: Connection) -> None:
    """Keep which KK numbers are nobody's now."""
    number = PersonRow.kk_index
    # The index alone tells which few may be.
    many = select(number).where(number.is_not(None)).group_by(number).having(func.count() > LARGEST_FAMILY)
    crowds = (
        select(number).where(number.in_(many)).group_by(number).having(~are_family(PersonRow.nik_index, PersonRow.id))
    )
    known = select(CopiedRow.number)
    connection.execute(delete(CopiedRow).where(CopiedRow.number.not_in(crowds)))
    connection.execute(insert(CopiedRow).from_select(["number"], crowds.where(number.not_in(known))))
