"""Who is to be spread: everybody of a round who lives in these regions, by the lists in force."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, bindparam, func, or_, select, update
from sqlalchemy.orm import aliased

from salur.core.lists.kinds import ListState, State
from salur.core.marks.kinds import STANDING, MarkKind
from salur.core.payouts.answers import PaymentState
from salur.core.payouts.kinds import NOWHERE
from salur.core.payouts.spreading.answers import Left, Neighbourhood, Share, Spot
from salur.core.payouts.spreading.rounds import Turn
from salur.core.payouts.spreading.ways import Where
from salur.core.regions.region import VILLAGE
from salur.core.storage.prepared import columns_of
from salur.core.storage.statements import AnyField, AnySelect
from salur.core.tables.lists import ListRow
from salur.core.tables.marks import MarkRow
from salur.core.tables.metadata import METADATA
from salur.core.tables.payouts import AppointmentRow, PayoutFileRow, PlaceRow, SpotRow
from salur.core.tables.people import EntitlementRow, PaymentRow, PersonRow

_after, _correcting = aliased(EntitlementRow, name="after"), aliased(ListRow, name="correcting")

PLACED = METADATA.tables["appointment"]


class Family(NamedTuple):
    """A payee of the round. `care`: they need to be visited; `household` keeps those of one KK side by side."""

    person: int
    region_code: str | None
    rw: int | None
    rt: int | None
    care: bool
    household: bytes | None
    state: str
    paid_state: str | None

    @property
    def where(self) -> Neighbourhood:
        """Where they live."""
        return Neighbourhood(self.region_code or "", self.rw, self.rt)

    @property
    def left(self) -> Left | None:
        """Why they are not to be spread; None where they are."""
        if self.paid_state not in (None, PaymentState.DUE):
            return Left.PAID
        if self.state not in (State.ENTITLED, State.GROUP):
            return Left.SUSPENDED
        return Left.NOWHERE if self.rw is None else None


def families_of(connection: Connection, programme: str, period: str, regions: Collection[str]) -> list[Family]:
    """Everybody whom lists in force of the round do not take off, once each, in the order of where they live."""
    columns = columns_of(
        Family,
        person=PersonRow.id,
        region_code=PersonRow.region_code,
        rw=PersonRow.rw,
        rt=PersonRow.rt,
        care=PersonRow.care,
        household=PersonRow.kk_index,
        state=EntitlementRow.state,
        paid_state=PaymentRow.state,
    )
    rows = connection.execute(_of_round(programme, period, regions, *columns)).all()
    visits = _to_be_visited(connection, regions)
    found: dict[int, Family] = {}
    for row in rows:
        family = Family._make(row)
        if family.person in visits:
            family = family._replace(care=True)
        found.setdefault(family.person, family)
    return sorted(found.values(), key=_side_by_side)


def _side_by_side(family: Family) -> tuple[object, ...]:
    return (family.region_code or "", family.rw or 0, family.rt or 0, family.household or b"", family.person)


def count_of(connection: Connection, programme: str, period: str, regions: Collection[str]) -> int:
    """How many these are, counted by the database alone."""
    counted = _of_round(programme, period, regions, func.count(PersonRow.id.distinct()))
    return int(connection.execute(counted).scalar_one())


def without_appointment(
    connection: Connection, plan: int, programme: str, period: str, regions: Collection[str]
) -> int:
    """How many have something to collect and no place in this plan."""
    placed = select(AppointmentRow.person_id).where(AppointmentRow.file_id == plan, AppointmentRow.slot != NOWHERE)
    statement = _of_round(programme, period, regions, func.count(PersonRow.id.distinct())).where(
        PersonRow.id.not_in(placed),
        EntitlementRow.state.in_((State.ENTITLED, State.GROUP)),
        or_(PaymentRow.state.is_(None), PaymentRow.state == PaymentState.DUE),
    )
    return int(connection.execute(statement).scalar_one())


def _of_round(programme: str, period: str, regions: Collection[str], *columns: AnyField) -> AnySelect:
    """Entries of lists in force, without those in whose place a correction stands."""
    corrected = (
        select(_after.corrects)
        .join(_correcting, _correcting.id == _after.list_id)
        .where(
            _correcting.programme_code == programme,
            _correcting.period == period,
            _correcting.state == ListState.PUBLISHED,
            _after.corrects.is_not(None),
        )
    )
    return (
        select(*columns)
        .join(EntitlementRow, EntitlementRow.person_id == PersonRow.id)
        .join(ListRow, ListRow.id == EntitlementRow.list_id)
        .outerjoin(PaymentRow, PaymentRow.entitlement_id == EntitlementRow.id)
        .where(
            within(PersonRow.region_code, regions),
            ListRow.programme_code == programme,
            ListRow.period == period,
            ListRow.state == ListState.PUBLISHED,
            EntitlementRow.state != State.TAKEN_OFF,
            EntitlementRow.id.not_in(corrected),
        )
    )


def within(code: AnyField, regions: Collection[str]) -> ColumnElement[bool]:
    """Whether a region is one of these or lies in one."""
    wide = (one for one in regions if len(one) < VILLAGE)
    return or_(code.in_(list(regions)), *(code.startswith(f"{one}.", autoescape=True) for one in wide))


def _to_be_visited(connection: Connection, regions: Collection[str]) -> set[int]:
    """Of whom somebody has marked that they cannot come."""
    marked = select(MarkRow.person_id).where(
        within(MarkRow.region_code, regions), MarkRow.kind == MarkKind.HOME_DELIVERY, MarkRow.state.in_(STANDING)
    )
    return set(connection.execute(marked).scalars())


def addresses_of(connection: Connection, people: Sequence[int]) -> dict[int, bytes | None]:
    """The sealed addresses of people, by id."""
    found: dict[int, bytes | None] = {}
    for start in range(0, len(people), 1000):
        some = select(PersonRow.id, PersonRow.sealed_address).where(PersonRow.id.in_(people[start : start + 1000]))
        found |= {row.id: row.sealed_address for row in connection.execute(some)}
    return found


def shares_of(connection: Connection, plan: int) -> tuple[Share, ...]:
    """How many families of each RT a plan has placed in each slot, and in which round."""
    where = (PersonRow.region_code, PersonRow.rw, PersonRow.rt)
    of_slot = (AppointmentRow.slot, AppointmentRow.party)
    statement = (
        select(*where, *of_slot, func.count())
        .join(AppointmentRow, AppointmentRow.person_id == PersonRow.id)
        .where(AppointmentRow.file_id == plan, AppointmentRow.slot != NOWHERE)
        .group_by(*where, *of_slot)
        .order_by(*where, *of_slot)
    )
    return tuple(
        Share(Neighbourhood(code or "", rw, rt), slot, count, party)
        for code, rw, rt, slot, party, count in connection.execute(statement)
    )


def follow(connection: Connection, list_id: int) -> None:
    """Let people whom a list that comes into force writes otherwise (a name corrected, another KK) keep what plans of
    its round gave them. Who lives elsewhere now has another sitting, and keeps nothing."""
    told = select(ListRow.programme_code, ListRow.period).where(ListRow.id == list_id)
    programme, period = connection.execute(told).one()
    of_round = (PayoutFileRow.programme_code == programme, PayoutFileRow.period == period)
    placed = select(AppointmentRow.person_id).where(AppointmentRow.file_id == PayoutFileRow.id)
    files = connection.execute(select(PayoutFileRow.id).where(*of_round, placed.exists())).scalars().all()
    if not files:
        return
    old, new = aliased(PersonRow, name="old"), aliased(PersonRow, name="new")
    before, after = aliased(EntitlementRow, name="before"), aliased(EntitlementRow, name="after")
    its, taken = AppointmentRow, aliased(AppointmentRow, name="taken")
    stands = (
        select(before.id)
        .join(ListRow, ListRow.id == before.list_id)
        .where(before.person_id == old.id, ListRow.state == ListState.PUBLISHED)
        .where(ListRow.programme_code == programme, ListRow.period == period)
    )
    theirs = (
        select(its.file_id, its.person_id, new.id)
        .join(old, old.id == its.person_id)
        .where(its.file_id.in_(files), after.list_id == list_id, new.id != old.id)
        .where(*(getattr(new, name).is_not_distinct_from(getattr(old, name)) for name in ("region_code", "rw", "rt")))
        .where(~select(taken.slot).where(taken.file_id == its.file_id, taken.person_id == new.id).exists())
    )
    moves = update(PLACED).where(PLACED.c.file_id == bindparam("of"), PLACED.c.person_id == bindparam("was"))
    moves = moves.values(person_id=bindparam("now"))
    by_number = theirs.join(new, new.nik_index == old.nik_index).join(after, after.person_id == new.id)
    corrected = theirs.join(before, before.person_id == old.id).join(after, after.corrects == before.id)
    for found in (by_number.where(~stands.exists()), corrected.join(new, new.id == after.person_id)):
        once = {(file, now): person for file, person, now in connection.execute(found)}
        if once:
            rows = [{"of": file, "was": person, "now": now} for (file, now), person in once.items()]
            connection.execute(moves, rows)


def placed_in(connection: Connection, plan: int) -> dict[int, tuple[int, Turn]]:
    """By person (id) the slot in which a plan has placed them, and where in it."""
    columns = (
        AppointmentRow.person_id,
        AppointmentRow.slot,
        AppointmentRow.turn,
        AppointmentRow.window,
        AppointmentRow.party,
    )
    its = (AppointmentRow.file_id == plan, AppointmentRow.slot != NOWHERE)
    rows = connection.execute(select(*columns).where(*its))
    return {person: (slot, Turn(turn, window, party)) for person, slot, turn, window, party in rows}


def spots_in(connection: Connection, regions: Collection[str]) -> dict[Neighbourhood, Spot]:
    """Where an office has said that neighbourhoods lie."""
    statement = select(SpotRow.__table__).where(within(SpotRow.region_code, regions))
    return {
        Neighbourhood(row.region_code, row.rw or None, row.rt or None): Spot(row.latitude, row.longitude)
        for row in connection.execute(statement)
    }


def places_at(connection: Connection, ids: Collection[int]) -> dict[int, Where]:
    """Where places lie, by number."""
    rows = connection.execute(select(PlaceRow.__table__).where(PlaceRow.id.in_(list(ids))))
    return {
        row.id: Where(
            row.region_code or "",
            None if row.latitude is None or row.longitude is None else Spot(row.latitude, row.longitude),
        )
        for row in rows
    }
