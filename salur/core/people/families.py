"""Whether the people under one KK number are a family, or the number was copied down a whole column and is nobody's.

The same count for rows at hand (`is_family`) and in a statement (`are_family`): each NIK once, however often it is
listed, and everybody without one, as nobody can say who else that is. The look-up must not take longer where thousands
stand under a number, so these numbers are kept (`note_copied`) whenever people were written or deleted. Which they are
is found (`copied_anew`) before the transaction that keeps them: all numbers are gone through for that.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, Connection, case, delete, func, insert, select

from salur.core.storage.statements import AnyField, AnySelect
from salur.core.tables.people import CopiedRow, PersonRow

LARGEST_FAMILY = 40  # more payees than any family card holds
AT_ONCE = 1_000  # numbers in one statement


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


def copied_anew(connection: Connection) -> list[bytes]:
    """The numbers that became nobody's since that was noted, or somebody's again."""
    crowds, known = connection.execute(_crowds()).scalars(), connection.execute(select(CopiedRow.number)).scalars()
    return sorted(set(crowds) ^ set(known))


def note_copied(connection: Connection, numbers: Collection[bytes]) -> None:
    """Keep which of these KK numbers are nobody's now: `copied_anew` may have been asked a while ago."""
    every = list(numbers)
    for start in range(0, len(every), AT_ONCE):
        some = every[start : start + AT_ONCE]
        crowds, known = _crowds(PersonRow.kk_index.in_(some)), select(CopiedRow.number)
        connection.execute(delete(CopiedRow).where(CopiedRow.number.in_(some), CopiedRow.number.not_in(crowds)))
        new = crowds.where(PersonRow.kk_index.not_in(known))
        connection.execute(insert(CopiedRow).from_select(["number"], new))


def _crowds(*which: ColumnElement[bool]) -> AnySelect:
    """The statement that gives the numbers under which more people stand than are a family."""
    number = PersonRow.kk_index
    # The index alone tells which few may be.
    many = select(number).where(number.is_not(None), *which).group_by(number).having(func.count() > LARGEST_FAMILY)
    crowds = select(number).where(number.in_(many)).group_by(number)
    return crowds.having(~are_family(PersonRow.nik_index, PersonRow.id))
