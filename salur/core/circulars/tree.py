"""Who below an officer has read a circular and who has not: kecamatan, kelurahan, RW, RT, with counts.

Kecamatan and kelurahan come from the table of regions, so one where nobody works with Salur yet is named as such. RW
and RT are known from accounts only. An office with several accounts has read it when one of them has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, and_, exists, func, or_, select

from salur.core.circulars.answers import Branch, Count, Standing, Tree
from salur.core.circulars.audience import AREA, CIRCULAR, RECEIPT, is_asked
from salur.core.officers.roles import CHAIN, Officer, Role
from salur.core.officers.scope import Scope
from salur.core.regions.region import DISTRICT, VILLAGE
from salur.core.regions.territory import Territory
from salur.core.tables.circulars import CircularReceiptRow, CircularRow
from salur.core.tables.regions import RegionRow


@dataclass(frozen=True, slots=True)
class _Said:
    """What one office said, all its accounts together."""

    told: bool = False
    read: bool = False
    passed_on: bool = False

    def __or__(self, other: _Said) -> _Said:
        return _Said(self.told or other.told, self.read or other.read, self.passed_on or other.passed_on)


def tree_of(
    connection: Connection, officer: Officer, id: int, levels: Iterable[Role], within: Territory | None = None
) -> Tree:
    """The tree below an officer, or below a place of their territory; what lies outside is not found there."""
    scope = Scope.of(officer, within)
    root = scope.territory
    said = _said(connection, officer, scope, id)
    names = _places(connection, root, id)
    maker = _Maker(frozenset(levels), said, names)
    branches = maker.below(root)
    place = names.get(root.region_code, officer.region_name)
    return Tree(root, place, sum((branch.count for branch in branches), Count()), branches)


def _said(connection: Connection, officer: Officer, scope: Scope, id: int) -> Mapping[Territory, _Said]:
    """What each office asked has said. The officer's own office is not below itself."""
    account = scope.accounts.c
    lower = [role for role in CHAIN if officer.is_above(role)]
    receipt = and_(RECEIPT.circular_id == CIRCULAR.id, RECEIPT.account_id == account.id)
    statement = (
        select(account.region_code, account.rw, account.rt, RECEIPT.told_at, RECEIPT.read_at, RECEIPT.passed_on_at)
        .select_from(scope.accounts)
        .join(CircularRow.__table__, CIRCULAR.id == id)
        .outerjoin(CircularReceiptRow.__table__, receipt)
        .where(is_asked(connection, account), account.role.in_(lower))
    )
    offices: defaultdict[Territory, _Said] = defaultdict(_Said)
    for row in connection.execute(statement):
        said = _Said(row.told_at is not None, row.read_at is not None, row.passed_on_at is not None)
        offices[Territory(row.region_code, row.rw, row.rt)] |= said
    return offices


def _places(connection: Connection, root: Territory, id: int) -> Mapping[str, str]:
    """The names of the regions, from the root down, that the circular goes to or passes."""
    region = RegionRow.__table__.c
    own, area = region.code.concat("."), AREA.region_code.concat(".")
    touched = or_(
        func.substr(own, 1, func.length(area)) == area,
        func.substr(area, 1, func.length(own)) == own,
    )
    code = root.region_code
    inside = or_(region.code == code, func.substr(region.code, 1, len(code) + 1) == code + ".")
    statement = (
        select(region.code, region.name)
        .where(inside, exists(select(1).where(AREA.circular_id == id, touched)))
        .order_by(region.code)
    )
    return {row.code: row.name for row in connection.execute(statement)}


class _Maker:
    """Makes the branches, from the top down."""

    def __init__(self, levels: frozenset[Role], said: Mapping[Territory, _Said], names: Mapping[str, str]) -> None:
        self._levels = levels
        self._said = said
        self._names = names
        self._below: defaultdict[Territory, set[Territory]] = defaultdict(set)
        for code in names:
            if len(code) in (DISTRICT, VILLAGE):
                self._below[Territory(code.rpartition(".")[0])].add(Territory(code))
        for office in said:
            if office.rt is not None:
                self._below[Territory(office.region_code, office.rw)].add(office)
            if office.rw is not None:
                self._below[Territory(office.region_code)].add(Territory(office.region_code, office.rw))
        self._lowest = min(CHAIN.index(level) for level in levels)

    def below(self, place: Territory) -> tuple[Branch, ...]:
        """The branches right below a place, in the order of code, RW and RT."""
        places = (below for below in self._below[place] if CHAIN.index(_role(below)) >= self._lowest)
        return tuple(self._branch(below) for below in sorted(places, key=_order))

    def _branch(self, place: Territory) -> Branch:
        role = _role(place)
        branches = self.below(place)
        own, count = self._own(role, place)
        count = sum((branch.count for branch in branches), count)
        return Branch(role, place, self._names.get(place.region_code, place.region_code), own, count, branches)

    def _own(self, role: Role, place: Territory) -> tuple[Standing, Count]:
        if role not in self._levels:
            return Standing.NOT_ASKED, Count()
        said = self._said.get(place)
        if said is None:
            return Standing.NO_ACCOUNT, Count(no_account=1)
        own = Standing.PASSED_ON if said.passed_on else Standing.READ if said.read else Standing.WAITING
        return own, Count(1, told=said.told, read=said.read, passed_on=said.passed_on)


def _role(place: Territory) -> Role:
    """Whose place it is, by its shape."""
    if place.rt is not None:
        return Role.RT
    if place.rw is not None:
        return Role.RW
    return Role.KELURAHAN if len(place.region_code) == VILLAGE else Role.KECAMATAN


def _order(place: Territory) -> tuple[str, int, int]:
    return place.region_code, place.rw or 0, place.rt or 0
