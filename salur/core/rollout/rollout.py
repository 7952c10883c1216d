"""Many heads are invited by one list of an office, and it is told which RT have no account.

Each level invites the one below; a list is the exception, for a city begins with a thousand heads at once. It reaches
no further than the officer's own area, and invites nobody twice.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Connection, select

from salur.core.errors import NotThere, Refused
from salur.core.officers.answers import Invited
from salur.core.officers.invitations import Invitations
from salur.core.officers.roles import Officer, Role
from salur.core.officers.scope import Scope, inside
from salur.core.regions.directory import Regions, name_territories
from salur.core.regions.region import REGENCY, VILLAGE, Region, cut
from salur.core.regions.territory import Territory
from salur.core.rollout.answers import MOST_AT_ONCE, ROLLS_OUT, HeadRow, RefusedHead, RolledOut, Slip, Unstaffed
from salur.core.storage.database import Database
from salur.core.storage.open_accounts import is_open, today_of
from salur.core.tables.officers import InvitationRow

PREFIX = re.compile(r"^\s*(KELURAHAN|KEL|DESA)\b[\s.]*", re.I)
NUMBER = re.compile(r"(?:RT|RW)?[\s.]*0*([1-9]\d{0,2})(?:\.0)?", re.I)
Office = tuple[Role, Territory]


class Rollout:
    """Invites heads by lists."""

    def __init__(self, database: Database, invitations: Invitations, regions: Regions) -> None:
        self._database = database
        self._invitations = invitations
        self._regions = regions

    def invite_many(self, officer: Officer, rows: Sequence[HeadRow]) -> RolledOut:
        """Invite the heads of a list; all of it in one transaction. Rows in = slips + refused + known.

        Raises: Refused(`nobody_in_it`) or Refused(`too_many_heads`); NotThere for roles that may not.
        """
        _check(officer)
        if not rows:
            raise Refused("nobody_in_it")
        if len(rows) > MOST_AT_ONCE:
            raise Refused("too_many_heads", most=MOST_AT_ONCE)
        villages = self._villages(officer)
        slips, refused, known = [], [], []
        with self._database.writing() as connection:
            taken = self._taken(connection, officer)
            for row in rows:
                office = _read(row, officer, villages)
                ends_on = _day(row.ends)
                if isinstance(office, str):
                    refused.append(RefusedHead(row.row, office))
                elif isinstance(ends_on, str) or (ends_on is not None and ends_on < today_of(connection)):
                    refused.append(RefusedHead(row.row, "head_ends"))
                elif office in taken:
                    known.append(row.row)
                else:
                    taken.add(office)
                    slips.append(Slip(row.row, row.name, self._invite(connection, officer, office, villages, ends_on)))
        return RolledOut(tuple(slips), tuple(refused), tuple(known))

    def without_account(self, officer: Officer) -> tuple[Unstaffed, ...]:
        """Every kelurahan with its RT that have no open account, as far as lists know of RT; by kecamatan and name."""
        _check(officer)
        scope = Scope.of(officer)
        people, accounts = scope.people.c, scope.accounts.c
        place = (people.region_code, people.rw, people.rt)
        with self._database.reading() as connection:
            listed = select(*place).where(people.rw.is_not(None), people.rt.is_not(None)).distinct()
            found: dict[str, set[tuple[int, int]]] = defaultdict(set)
            for code, rw, rt in connection.execute(listed):
                if len(code) == VILLAGE:
                    found[code].add((rw, rt))
            staffed = select(accounts.region_code, accounts.rw, accounts.rt).where(
                accounts.role == Role.RT, is_open(connection, accounts)
            )
            has_one = {(code, rw, rt) for code, rw, rt in connection.execute(staffed)}
            names = name_territories(connection, [Territory(code) for code in found])
        told = []
        for code, known in found.items():
            name = names[Territory(code)]
            missing = tuple(sorted((rw, rt) for rw, rt in known if (code, rw, rt) not in has_one))
            told.append(Unstaffed(code, name.kelurahan or code, name.kecamatan or "", missing, len(known)))
        return tuple(sorted(told, key=lambda one: (one.kecamatan, one.name)))

    def _villages(self, officer: Officer) -> Mapping[str, list[Region]]:
        """The kelurahan of the officer's area, by their names."""
        found: dict[str, list[Region]] = defaultdict(list)
        for villages in self._regions.villages(cut(officer.territory.region_code, REGENCY)).values():
            for region in villages:
                if officer.territory.covers(Territory(region.code)):
                    found[_plain(region.name)].append(region)
        return found

    def _taken(self, connection: Connection, officer: Officer) -> set[Office]:
        """The heads who have an open account or an open invitation."""
        accounts = Scope.of(officer).accounts.c
        heads = (str(Role.RT), str(Role.RW))
        columns = (accounts.role, accounts.region_code, accounts.rw, accounts.rt)
        rows = connection.execute(select(*columns).where(accounts.role.in_(heads), is_open(connection, accounts)))
        taken = {(Role(role), Territory(code, rw, rt)) for role, code, rw, rt in rows}
        mine = inside(officer.territory, InvitationRow) & InvitationRow.role.in_(heads)
        invited = self._invitations.open_ones(connection, mine)
        return taken | {(one.role, one.territory) for one in invited}

    def _invite(
        self,
        connection: Connection,
        officer: Officer,
        office: Office,
        villages: Mapping[str, list[Region]],
        ends_on: date | None,
    ) -> Invited:
        role, territory = office
        name = next(r.name for regions in villages.values() for r in regions if r.code == territory.region_code)
        return self._invitations.write(connection, officer, role, territory, name, ends_on=ends_on)


def _check(officer: Officer) -> None:
    if officer.role not in ROLLS_OUT:
        raise NotThere("no_such_list")


def _read(row: HeadRow, officer: Officer, villages: Mapping[str, list[Region]]) -> Office | str:
    """The office that a row names, or why it names none."""
    rt, rw = NUMBER.fullmatch(row.rt.strip()), NUMBER.fullmatch(row.rw.strip())
    named = re.sub(r"[^A-Z]", "", row.role.upper()).removeprefix("KETUA")
    if named not in ("RT", "RW", ""):
        return "head_role"
    role = Role.RT if named == "RT" or (not named and row.rt.strip()) else Role.RW
    if rw is None:
        return "head_rw"
    if role is Role.RT and rt is None:
        return "head_rt"
    if not row.kelurahan.strip() and len(officer.territory.region_code) == VILLAGE:
        code = officer.territory.region_code
    else:
        found = villages.get(_plain(row.kelurahan), [])
        if len(found) != 1:
            return "head_kelurahan" if not found else "head_kelurahan_twice"
        code = found[0].code
    return role, Territory(code, int(rw[1]), int(rt[1]) if role is Role.RT and rt else None)


def _day(text: str) -> date | str | None:
    """A day, None for none, or the text that is no day."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return text


def _plain(name: str) -> str:
    return re.sub(r"[^A-Z]", "", PREFIX.sub("", name).upper())
