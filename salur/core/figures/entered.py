"""The entries of those who may stand twice: whose number several rows bear, or who are on several lists at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from sqlalchemy import Connection, case, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from salur.core.figures.rounds import Listed, View
from salur.core.neighbourhood.answers import LineState
from salur.core.officers.scope import Scope
from salur.core.regions.region import VILLAGE
from salur.core.regions.territory import Territory
from salur.core.storage.statements import AnySelect
from salur.core.tables.people import CopiedRow, EntitlementRow, PaymentRow, PersonRow

AT_ONCE = 500  # ids in one statement
_before = aliased(EntitlementRow, name="before")


class Key(NamedTuple):
    """Who is counted together."""

    region_code: str | None
    rw: int | None
    rt: int | None
    care: bool
    programme: str
    period: str
    state: LineState


class Entered(NamedTuple):
    """An entry on a list with whom it is of, under the names of the columns."""

    id: int
    list_id: int
    state: str
    amount: int | None
    corrects: int | None
    paid_state: str | None
    person_id: int
    nik_index: bytes | None
    kk_index: bytes | None
    sealed_names: bytes
    region_code: str | None
    rw: int | None
    rt: int | None
    care: bool

    def lives_in(self, territory: Territory) -> bool:
        """Whether that lies within."""
        return self.region_code is not None and territory.covers(Territory(self.region_code, self.rw, self.rt))

    def key(self, of: Listed, state: LineState) -> Key:
        """With whom it is counted."""
        return Key(self.region_code, self.rw, self.rt, self.care, of.programme, of.period, state)


def is_wide(scope: Scope) -> bool:
    """Whether it holds several kelurahan: then it is cheaper to read everything once than to look each person up."""
    return len(scope.territory.region_code) < VILLAGE


def stand_twice(connection: Connection, scope: Scope, view: View) -> set[int]:
    """The ids of rows of `person`, in the scope or beyond it, among which somebody may be one with another."""
    own, people = scope.people.c, PersonRow
    without_nik = people.nik_index.is_(None) & people.kk_index.not_in(select(CopiedRow.number))
    niks, kks = _borne_twice(people.nik_index), _borne_twice(people.kk_index)
    programme = case({id: of.programme for id, of in view.counted.items()}, value=EntitlementRow.list_id)
    listed = select(EntitlementRow.person_id).where(EntitlementRow.list_id.in_(view.counted))
    listed = listed.group_by(EntitlementRow.person_id, programme).having(func.count() > 1)
    if is_wide(scope):
        kks = kks.where(people.kk_index.in_(select(people.kk_index).where(without_nik)))
    else:
        niks = niks.where(people.nik_index.in_(select(own.nik_index)))
        kks = kks.where(people.kk_index.in_(select(people.kk_index).where(without_nik, people.id.in_(select(own.id)))))
        listed = listed.where(EntitlementRow.person_id.in_(select(own.id)))
    statements = (
        select(people.id).where(people.nik_index.in_(niks)),
        select(people.id).where(people.kk_index.in_(kks)),
        listed,
        *_corrected(view),
    )
    return {int(id) for statement in statements for id in connection.execute(statement).scalars()}


def _corrected(view: View) -> Iterator[AnySelect]:
    """Those whom corrections name, and whom they named before: another row, where the name was corrected."""
    correcting = [id for id, of in view.all.items() if of.corrects is not None]
    if correcting:
        named = EntitlementRow.list_id.in_(correcting)
        yield select(EntitlementRow.person_id).where(named)
        yield select(_before.person_id).join(EntitlementRow, EntitlementRow.corrects == _before.id).where(named)


def _borne_twice(number: InstrumentedAttribute[bytes | None]) -> AnySelect:
    """The numbers that more rows than one bear."""
    return select(number).where(number.is_not(None)).group_by(number).having(func.count() > 1)


def entries_of(connection: Connection, people: Collection[int], view: View) -> list[Entered]:
    """Their entries on the lists that are counted, and on those these correct, in the order in which they were made."""
    ids, found = sorted(people), []
    person, entry = PersonRow, EntitlementRow
    whose = (person.id, person.nik_index, person.kk_index, person.sealed_names)
    where = (person.region_code, person.rw, person.rt, person.care)
    statement = (
        select(entry.id, entry.list_id, entry.state, entry.amount, entry.corrects, PaymentRow.state, *whose, *where)
        .join(person, person.id == entry.person_id)
        .outerjoin(PaymentRow, PaymentRow.entitlement_id == entry.id)
        .where(entry.list_id.in_(view.all))
    )
    for start in range(0, len(ids), AT_ONCE):
        some = statement.where(entry.person_id.in_(ids[start : start + AT_ONCE]))
        found += [Entered._make(row) for row in connection.execute(some)]
    return sorted(found, key=lambda entered: entered.id)
