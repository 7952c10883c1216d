"""The statements behind a line: quotas, who stands how, how many places are held. What is stored is only what a person
decided; all else is added up from proposals and lists each time, so that the two never part."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, Subquery, and_, case, func, not_, or_, select

from salur.core.doubles.confirmations import rules_in_force
from salur.core.errors import NotThere
from salur.core.lists.kinds import ListState, State
from salur.core.lists.periods import last_day
from salur.core.marks.kinds import MarkKind, MarkState
from salur.core.officers.roles import Role
from salur.core.officers.scope import Scope
from salur.core.proposals.kinds import UNDO_TIME, Kind, LineRule, Outcome, Standing
from salur.core.proposals.visible import select_proposals
from salur.core.regions.region import regency_of
from salur.core.regions.territory import Territory
from salur.core.storage.database import AnyRow
from salur.core.storage.statements import Columns
from salur.core.tables.lists import ListRow, ProgrammeRow
from salur.core.tables.people import CopiedRow, EntitlementRow, PersonRow
from salur.core.tables.proposals import ProposalRow
from salur.core.tables.waiting import LineStepRow, QuotaRow
from salur.core.waiting.answers import Counts, Decision, Left, Places, Quota
from salur.core.waiting.kinds import HOLDS_A_PLACE, LineStep
from salur.core.waiting.places import find_base

STEP = LineStepRow.__table__
QUOTA = QuotaRow.__table__
HELD, LIST = EntitlementRow.__table__.alias("held"), ListRow.__table__.alias("holding")  # of who was chosen
GONE = (MarkKind.DIED, MarkKind.MOVED_AWAY, MarkKind.UNKNOWN)
MOST_DECISIONS = 50


class Around(NamedTuple):
    """The lists in force (ids) of a programme in a city, and those of the programmes that it excludes."""

    own: Sequence[int]
    excluding: Sequence[int]


class Queue:
    """The line of one programme in one city, as it stands at a moment. `quota` is the one that holds."""

    def __init__(self, connection: Connection, quota: Quota, region: str, now: datetime, today: date) -> None:
        self.quota = quota
        self._connection = connection
        self._scope = Scope(Territory(region), Role.DINSOS)
        self._around = _around(connection, quota.programme, region, today)
        self._ranked = self._rank(now)

    def counts(self) -> Counts:
        """How many stand how."""
        standing = self._ranked.c.standing
        counted = self._connection.execute(select(standing, func.count()).group_by(standing))
        return Counts({Standing(one): int(many) for one, many in counted})

    def places(self, chosen: int) -> Places:
        """How the quota is used."""
        person, suspended = EntitlementRow.person_id, EntitlementRow.state == State.SUSPENDED
        counted = select(func.count(person.distinct()), func.count(case((suspended, person)).distinct()))
        held = self._connection.execute(counted.where(_holds(self._around.own))).one()
        return Places(self.quota.places or 0, int(held[0]), int(held[1]), chosen)

    def left(self) -> Left:
        """Why places are free, or will be."""
        reason, person = EntitlementRow.reason, EntitlementRow.person_id
        off = (
            select(reason, func.count(person.distinct()))
            .where(EntitlementRow.list_id.in_(self._around.own), EntitlementRow.state == State.TAKEN_OFF)
            .group_by(reason)
        )
        mark = self._scope.marks.c
        still = select(EntitlementRow.id).where(EntitlementRow.person_id == mark.person_id, _holds(self._around.own))
        marked = (
            select(mark.kind, func.count(mark.person_id.distinct()))
            .where(mark.kind.in_(GONE), mark.state == MarkState.CONFIRMED, still.exists())
            .group_by(mark.kind)
        )
        return Left(
            {why: int(many) for why, many in self._connection.execute(off)},
            {str(kind): int(many) for kind, many in self._connection.execute(marked)},
        )

    def read(self, standings: Collection[Standing], limit: int, offset: int) -> Sequence[AnyRow]:
        """Some of those who stand so, in their order."""
        own = self._ranked.c
        found = select(self._ranked).where(own.standing.in_(standings)).order_by(own.standing.desc(), own.position)
        return self._connection.execute(found.limit(limit).offset(offset)).all()

    def first(self) -> AnyRow | None:
        """Who is next."""
        return next(iter(self.read((Standing.WAITING,), 1, 0)), None)

    def find(self, proposal: int) -> AnyRow | None:
        """Where one proposal stands; None where it is not in this line."""
        found = select(self._ranked).where(self._ranked.c.id == proposal)
        return self._connection.execute(found).one_or_none()

    def base_of(self, home: Territory) -> int | None:
        """The list in force on which somebody who lives there is to stand."""
        return find_base(self._connection, self.quota.programme, self._around.own, home)

    def _rank(self, now: datetime) -> Subquery:
        """Everybody in the line, with `position` and `among` (how many), counted among those who stand so."""
        whole = self._line(now)
        line = whole.c
        order = (line.sent_at, line.id) if self.quota.rule is LineRule.SENT else (line.since, line.sent_at, line.id)
        position = func.row_number().over(partition_by=line.standing, order_by=order).label("position")
        return select(whole, position, func.count().over(partition_by=line.standing).label("among")).subquery("ranked")

    def _line(self, now: datetime) -> Subquery:
        proposals = select_proposals(self._scope)
        own = proposals.c
        of = (
            select(
                STEP.c.proposal_id,
                func.max(case((STEP.c.what != LineStep.FIRST, STEP.c.id))).label("newest"),
                func.max(STEP.c.since).label("since"),
            )
            .where(STEP.c.programme_code == self.quota.programme)
            .group_by(STEP.c.proposal_id)
        ).subquery("of")
        step = STEP.alias("step")
        names = ("id", "sealed_body", "region_code", "rw", "rt", "nik_index", "kk_index", "sent_at", "outcome")
        # Who was accepted minutes ago may still be put back by who did it.
        accepted = and_(own.outcome == Outcome.ACCEPTED, own.held_since <= now - UNDO_TIME)
        # Whose list was taken back after it had granted this waits again, unless he stands on another.
        chosen = and_(step.c.what == LineStep.CHOSEN, LIST.c.id.is_not(None))
        published = select(ListRow.id).where(ListRow.state == ListState.PUBLISHED)
        again = and_(step.c.id.is_not(None), own.outcome == Outcome.GRANTED, not_(_stands(own, published)))
        return (
            select(
                *(own[name] for name in names),
                func.coalesce(of.c.since, own.held_since).label("since"),
                self._standing(own, step.c).label("standing"),
                step.c.what,
                step.c.at,
                step.c.account_id,
                step.c.reason,
                HELD.c.id.label("entitlement_id"),
                HELD.c.list_id,
            )
            .select_from(proposals)
            .outerjoin(of, of.c.proposal_id == own.id)
            .outerjoin(step, step.c.id == of.c.newest)
            .outerjoin(HELD, HELD.c.id == step.c.entitlement_id)
            .outerjoin(LIST, LIST.c.id == HELD.c.list_id)
            .where(own.kind == Kind.USULAN, or_(accepted, chosen, again))
        ).subquery("line")

    def _standing(self, own: Columns, step: Columns) -> ColumnElement[str]:
        """How one stands. What a person chose comes before what lists say; a draft thrown away chose nobody."""
        chosen = step.what == LineStep.CHOSEN
        placed = and_(chosen, LIST.c.state.in_((ListState.PUBLISHED, ListState.SUPERSEDED)))
        return case(
            (and_(chosen, LIST.c.state == ListState.DRAFT), Standing.CHOSEN),
            (and_(placed, _stands(own, self._around.own)), Standing.PLACED),
            (placed, Standing.DROPPED),
            (step.what == LineStep.SKIPPED, Standing.SKIPPED),
            (_stands(own, self._around.own), Standing.LISTED),
            (_stands(own, self._around.excluding), Standing.EXCLUDED),
            (and_(own.nik_index.is_(None), own.kk_index.is_(None)), Standing.NO_NUMBER),
            else_=Standing.WAITING,
        )


def quotas_of(connection: Connection, region: str, programme: str | None = None) -> tuple[Quota, ...]:
    """All that was ever set in a city, for one programme or all, the newest first."""
    found = select(QUOTA).where(QUOTA.c.region_code == region).order_by(QUOTA.c.id.desc())
    if programme is not None:
        found = found.where(QUOTA.c.programme_code == programme)
    return tuple(
        Quota(row.id, row.programme_code, row.places, LineRule(row.rule), row.source, row.made_by, row.made_at)
        for row in connection.execute(found)
    )


def in_force(quotas: Sequence[Quota]) -> tuple[Quota, ...]:
    """Of these, the newest first, the one that holds for each programme."""
    newest: dict[str, Quota] = {}
    for quota in quotas:
        newest.setdefault(quota.programme, quota)
    return tuple(newest[code] for code in sorted(newest) if newest[code].places is not None)


def find_city(connection: Connection, proposal: int) -> str | None:
    """The city of a proposal that may stand in a line; None for one that stands in none."""
    row = connection.execute(
        select(ProposalRow.kind, ProposalRow.outcome, ProposalRow.region_code).where(ProposalRow.id == proposal)
    ).one()
    may = row.kind == Kind.USULAN and row.outcome in (Outcome.ACCEPTED, Outcome.GRANTED)
    return regency_of(row.region_code) if may else None


def region_of(connection: Connection, proposal: int) -> str:
    """Where a proposal is about."""
    return str(connection.execute(select(ProposalRow.region_code).where(ProposalRow.id == proposal)).scalar_one())


def regions_with_quotas(connection: Connection) -> Sequence[str]:
    """The cities in which any programme has, or had, a quota."""
    return connection.execute(select(QUOTA.c.region_code).distinct()).scalars().all()


def name_programmes(connection: Connection) -> Mapping[str, str]:
    """The names of programmes, by code."""
    return {row.code: row.name for row in connection.execute(select(ProgrammeRow.code, ProgrammeRow.name))}


def name_of(connection: Connection, programme: str, *, lock: bool = False) -> str:
    """What a programme is called; `lock` makes who changes its lists or its line wait.

    Raises: NotThere(`unknown_programme`).
    """
    found = select(ProgrammeRow.name).where(ProgrammeRow.code == programme)
    name = connection.execute(found.with_for_update() if lock else found).scalar()
    if name is None:
        raise NotThere("unknown_programme")
    return name


def decisions_of(connection: Connection, scope: Scope, programme: str) -> tuple[Decision, ...]:
    """What persons decided about proposals of this area, the latest first."""
    own = select_proposals(scope)
    found = (
        select(STEP, HELD.c.list_id)
        .outerjoin(HELD, HELD.c.id == STEP.c.entitlement_id)
        .join(own, own.c.id == STEP.c.proposal_id)
        .where(STEP.c.programme_code == programme, STEP.c.account_id.is_not(None))
        .order_by(STEP.c.id.desc())
        .limit(MOST_DECISIONS)
    )
    return tuple(
        Decision(LineStep(row.what), row.proposal_id, row.at, row.account_id, row.reason, row.list_id)
        for row in connection.execute(found)
    )


def _around(connection: Connection, programme: str, region: str, today: date) -> Around:
    """Confirmed rules alone keep somebody from a place: what is only known to be likely is a question."""
    rules = [rule for rule in rules_in_force(connection) if rule.confirmed and programme in (rule.one, rule.other)]
    others = {rule.other if rule.one == programme else rule.one for rule in rules}
    lists = select(ListRow.id, ListRow.programme_code, ListRow.area, ListRow.period).where(
        ListRow.state == ListState.PUBLISHED, ListRow.programme_code.in_((programme, *others))
    )
    mine = [row for row in connection.execute(lists) if row.area.startswith(region) or region.startswith(row.area)]
    own = [row.id for row in mine if row.programme_code == programme]
    return Around(own, [row.id for row in mine if row.id not in own and last_day(row.period) >= today])


def _holds(lists: Collection[int] | Select[int]) -> ColumnElement[bool]:
    """Of `entitlement`: who holds a place on one of these lists."""
    return and_(EntitlementRow.list_id.in_(lists), EntitlementRow.state.in_(HOLDS_A_PLACE))


def _stands(own: Columns, lists: Collection[int] | Select[int]) -> ColumnElement[bool]:
    """Whether the person of a proposal, or the family, holds a place on one of these lists."""
    copied = select(CopiedRow.number).where(CopiedRow.number == own.kk_index)
    listed = select(EntitlementRow.id).join(PersonRow, PersonRow.id == EntitlementRow.person_id).where(_holds(lists))
    by_kk = listed.where(PersonRow.kk_index == own.kk_index)
    return or_(listed.where(PersonRow.nik_index == own.nik_index).exists(), and_(by_kk.exists(), not_(copied.exists())))
