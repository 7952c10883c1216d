"""People on lists counted by place and by what became of the money, as the head's list has them: one line a person.

The database counts the entries, for there are many. Who may stand twice (a number on several rows, or one row on
several lists of a programme) is taken out of that and judged by the rules of the list itself, in Python, because only
names tell who is the same person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, FromClause, Subquery, case, func, join, literal_column, select

from salur.core.figures.entered import Entered, Key, entries_of, is_wide, stand_twice
from salur.core.figures.rounds import View
from salur.core.lists.kinds import ListState
from salur.core.lookup.still_listed import Found
from salur.core.neighbourhood.answers import LineState
from salur.core.neighbourhood.lines import OF_LIST, OF_PAYMENT, entries
from salur.core.neighbourhood.people import People
from salur.core.neighbourhood.queries import PersonRead, Row
from salur.core.officers.scope import Scope
from salur.core.payouts.queries import of_several
from salur.core.regions.region import REGENCY
from salur.core.regions.territory import Territory
from salur.core.storage.statements import AnyColumn, AnyField, AnySelect
from salur.core.storage.vault import Vault
from salur.core.tables.people import EntitlementRow, PaymentRow, PersonRow

PAID = str(LineState.PAID)


@dataclass(slots=True)
class Count:
    """So many people, and their rupiah; `priced` of them have an amount."""

    people: int = 0
    rupiah: int = 0
    priced: int = 0

    def add(self, people: int, rupiah: int, priced: int) -> None:
        """Some more; or less."""
        self.people += people
        self.rupiah += rupiah
        self.priced += priced


def count(connection: Connection, scope: Scope, view: View, vault: Vault, now: datetime) -> dict[Key, Count]:
    """Everybody in the scope who stands on the lists counted, taken-off ones only when they were paid."""
    found: dict[Key, Count] = defaultdict(Count)
    if not view.counted:
        return found
    for statement in _statements(scope, view):
        for code, rw, rt, care, list_id, said, paid, people, rupiah, priced in connection.execute(statement):
            of = view.counted[list_id]
            key = Key(code, rw, rt, care, of.programme, of.period, _stands(said, paid))
            found[key].add(people, int(rupiah or 0), priced)
    twice = entries_of(connection, stand_twice(connection, scope, view), view)
    for key, amount in _as_entered(twice, scope, view):
        found[key].add(-1, -(amount or 0), -int(amount is not None))
    for key, amount in _as_people(twice, scope, view, vault, now):
        found[key].add(1, amount or 0, int(amount is not None))
    return {key: one for key, one in found.items() if key.state is not LineState.TAKEN_OFF and one.people}


def _statement(people: FromClause, lists: Collection[int], view: View, *, all_of_a_city: bool) -> AnySelect:
    """Entries of these people on these lists, by place, list, and what is known of them."""
    own, person = people.c, EntitlementRow.person_id.expression
    if all_of_a_city:
        # `+ 0` so that no index leads from a person to entries: SQLite would go that way a hundred thousand times
        # over, which takes three times as long as going through the lists.
        person = person + literal_column("0")
    joined = join(EntitlementRow, people, own.id == person)
    joined = joined.outerjoin(PaymentRow, PaymentRow.entitlement_id == EntitlementRow.id)
    outcome: AnyColumn = PaymentRow.state.expression
    if view.corrected:
        before = _paid_before(view)
        outcome = func.coalesce(outcome, before.c.state)
        same_round = before.c.round == _round(view, EntitlementRow.list_id)
        joined = joined.outerjoin(before, (before.c.person_id == EntitlementRow.person_id) & same_round)
    by = (own.region_code, own.rw, own.rt, own.care, EntitlementRow.list_id, EntitlementRow.state, outcome)
    return (
        select(*by, func.count(), func.sum(EntitlementRow.amount), func.count(EntitlementRow.amount))
        .select_from(joined)
        .where(EntitlementRow.list_id.in_(lists))
        .group_by(*by)
    )


def _statements(scope: Scope, view: View) -> Iterator[AnySelect]:
    """Those of the scope; and for a whole city those too of whom its lists do not say where in it they live."""
    yield _statement(scope.people, view.counted, view, all_of_a_city=is_wide(scope))
    theirs = [id for id, of in view.counted.items() if scope.territory.covers(Territory(of.area))]
    if len(scope.territory.region_code) <= REGENCY and theirs:
        nowhere = select(PersonRow.__table__).where(PersonRow.region_code.is_(None)).subquery("nowhere")
        yield _statement(nowhere, theirs, view, all_of_a_city=False)


def _paid_before(view: View) -> Subquery:
    """What was paid before a list was corrected by another of its period: it stays paid."""
    round_ = _round(view, EntitlementRow.list_id)
    return (
        select(EntitlementRow.person_id, round_.label("round"), of_several().label("state"))
        .join(PaymentRow, PaymentRow.entitlement_id == EntitlementRow.id)
        .where(EntitlementRow.list_id.in_(view.corrected))
        .group_by(EntitlementRow.person_id, round_)
        .subquery("paid_before")
    )


def _round(view: View, list_id: AnyField) -> AnyColumn:
    """A number for the round of a list."""
    numbers = {key: number for number, key in enumerate(sorted({of.round for of in view.all.values()}))}
    return case({id: literal_column(str(numbers[of.round])) for id, of in view.all.items()}, value=list_id)


def _stands(said: str, paid: str | None) -> LineState:
    """As the list has it: paid stays paid, whatever the list says of them since."""
    return OF_PAYMENT.get(paid) or OF_LIST[said]


def _as_entered(twice: Sequence[Entered], scope: Scope, view: View) -> Iterator[tuple[Key, int | None]]:
    """How the statement counted those entries."""
    before: dict[tuple[int, str, str], set[str]] = defaultdict(set)
    for one in twice:
        if one.list_id in view.corrected and one.paid_state is not None:
            of = view.corrected[one.list_id]
            before[one.person_id, of.programme, of.period].add(one.paid_state)
    for one in twice:
        of = view.all[one.list_id]
        if one.list_id in view.counted and one.lives_in(scope.territory):
            earlier = before.get((one.person_id, of.programme, of.period), set())
            paid = one.paid_state or (PAID if PAID in earlier else min(earlier, default=None))
            yield one.key(of, _stands(one.state, paid)), one.amount


def _as_people(
    twice: Sequence[Entered], scope: Scope, view: View, vault: Vault, now: datetime
) -> Iterator[tuple[Key, int | None]]:
    """The lines that the list shows of them: in each kelurahan, or in the officer's part of one."""
    units: dict[str | None, list[Entered]] = defaultdict(list)
    by_nik: dict[bytes, list[Entered]] = defaultdict(list)
    for one in twice:
        if one.lives_in(scope.territory):
            units[one.region_code].append(one)
        if one.nik_index is not None:
            by_nik[one.nik_index].append(one)
    for own in units.values():
        here = {one.id for one in own}
        niks = {one.nik_index for one in own if one.nik_index is not None}
        elsewhere = sorted({e.id: e for nik in niks for e in by_nik[nik] if e.id not in here}.values(), key=_written)
        where = {one.id: one for one in own}
        lines = entries(_rows(own, view), _rows(elsewhere, view), People(vault), now, lambda _: Found({}, ()))
        for line in lines:
            entered = where[line.row.id]
            yield entered.key(view.all[entered.list_id], line.state), line.row.amount


def _written(entered: Entered) -> int:
    return entered.id


def _rows(entered: Iterable[Entered], view: View) -> list[Row]:
    """As the rules of the list read them: what is counted is in force there, the rest was corrected."""
    people: dict[int, PersonRead] = {}
    rows = []
    for one in sorted(entered, key=_written):
        of = view.all[one.list_id]
        person = people.setdefault(
            one.person_id,
            PersonRead(one.person_id, one.nik_index, one.kk_index, one.sealed_names, one.rw, one.rt, one.care),
        )
        state = ListState.PUBLISHED if one.list_id in view.counted else ListState.SUPERSEDED
        rows.append(
            Row(
                person,
                one.id,
                one.amount,
                None,
                one.state,
                of.id,
                state,
                of.published_at,
                of.programme,
                of.programme,
                of.period,
                None,
                None,
                one.paid_state,
                None,
                one.corrects,
                of.corrects,
            )  # fmt: skip
        )
    return rows
