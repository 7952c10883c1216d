"""What became of the money of a round, against its lists in force: counts and sums, and no person."""

from __future__ import annotations

from sqlalchemy import Connection, Subquery, func, or_, select

from salur.core.lists.kinds import ListState, State
from salur.core.payouts.answers import RoundTotals, Sum
from salur.core.payouts.kinds import Round
from salur.core.payouts.queries import inside, of_several
from salur.core.storage.statements import AnyField
from salur.core.tables.lists import ListRow
from salur.core.tables.people import EntitlementRow, PaymentRow, PersonRow
from salur.core.tables.regions import RegionRow

UNKNOWN = "unknown"


def totals_of(connection: Connection, round: Round, region_code: str | None) -> RoundTotals:
    """Everybody on the lists who was not taken off unpaid, by kelurahan and by what was reported.

    What was reported before another list of the round came stays true of whoever it was reported of, by NIK or as a
    row of `person`.
    """
    of_person, of_nik = _reported_before(round, PersonRow.id), _reported_before(round, PersonRow.nik_index)
    reported = func.coalesce(PaymentRow.state, of_person.c.state, of_nik.c.state)
    mine = (
        ListRow.programme_code == round.programme,
        ListRow.period == round.period,
        ListRow.state == ListState.PUBLISHED,
        inside(region_code),
        or_(EntitlementRow.state != State.TAKEN_OFF, reported.is_not(None)),
    )
    rupiah = func.coalesce(func.sum(EntitlementRow.amount), 0)
    listed = (
        select(func.count(), rupiah)
        .select_from(EntitlementRow)
        .join(PersonRow, PersonRow.id == EntitlementRow.person_id)
        .join(ListRow, ListRow.id == EntitlementRow.list_id)
        .outerjoin(PaymentRow, PaymentRow.entitlement_id == EntitlementRow.id)
        .outerjoin(of_person, of_person.c.who == PersonRow.id)
        .outerjoin(of_nik, of_nik.c.who == PersonRow.nik_index)
        .where(*mine)
    )
    people, amount = (int(value or 0) for value in connection.execute(listed).one())
    state = func.coalesce(reported, UNKNOWN)
    grouped = (
        listed.with_only_columns(PersonRow.region_code, RegionRow.name, state, func.count(), rupiah)
        .outerjoin(RegionRow, RegionRow.code == PersonRow.region_code)
        .group_by(PersonRow.region_code, RegionRow.name, state)
        .order_by(RegionRow.name, PersonRow.region_code)
    )
    counts: dict[tuple[str | None, str | None], dict[str, int]] = {}
    sums: dict[tuple[str | None, str | None], dict[str, int]] = {}
    for code, name, what, count, of_them in connection.execute(grouped):
        counts.setdefault((code, name), {})[what] = count
        sums.setdefault((code, name), {})[what] = int(of_them or 0)
    by_kelurahan = {place: Sum(counts[place], sums[place]) for place in counts}
    return RoundTotals(by_kelurahan, Sum.of(by_kelurahan.values()), people, amount)


def _reported_before(round: Round, who: AnyField) -> Subquery:
    """What was reported of the round on lists that stepped back."""
    return (
        select(who.label("who"), of_several().label("state"))
        .select_from(EntitlementRow)
        .join(PaymentRow, PaymentRow.entitlement_id == EntitlementRow.id)
        .join(PersonRow, PersonRow.id == EntitlementRow.person_id)
        .join(ListRow, ListRow.id == EntitlementRow.list_id)
        .where(ListRow.programme_code == round.programme, ListRow.period == round.period)
        .where(ListRow.state == ListState.SUPERSEDED, who.is_not(None))
        .group_by(who)
        .subquery()
    )


def rounds_in_force(connection: Connection, region_code: str | None) -> tuple[Round, ...]:
    """The rounds of which lists are in force, the newest period first; those around a region too."""
    statement = select(ListRow.programme_code, ListRow.period, ListRow.area).where(ListRow.state == ListState.PUBLISHED)
    rows = connection.execute(statement.distinct().order_by(ListRow.period.desc(), ListRow.programme_code))
    mine = region_code or ""
    return tuple(
        dict.fromkeys(
            Round(programme, period)
            for programme, period, area in rows
            if area.startswith(mine) or mine.startswith(area)
        )
    )
