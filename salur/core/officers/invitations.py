"""Invitations: a one-time code on paper, for one role and one area, valid for seven days.

The code says for which role and area it is, so that whoever holds it chooses only a user name and a password.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, insert, select, update

from salur.core.errors import BadUsername, NotThere, Refused
from salur.core.officers import passwords, printed_codes, usernames
from salur.core.officers.answers import Invitation, Invited
from salur.core.officers.queries import OFFICER, officer_of, region_name_of, territory_of
from salur.core.officers.roles import INVITES, Officer, Role, fits
from salur.core.officers.scope import inside
from salur.core.officers.sign_ins import end_all
from salur.core.record.kinds import RecordKind
from salur.core.record.note import note
from salur.core.regions.territory import Territory
from salur.core.storage.database import AnyRow, Database, fresh_ids
from salur.core.storage.open_accounts import is_open, takes_sample
from salur.core.storage.statements import AnySelect
from salur.core.storage.vault import Vault
from salur.core.tables.officers import AccountRow, InvitationRow
from salur.core.tables.regions import RegionRow

VALID = timedelta(days=7)
CODE_GROUPS = 3  # 58 bits
INVITER = AccountRow.__table__.alias("inviter").c


class Invitations:
    """Makes, shows, takes up and withdraws invitations."""

    def __init__(self, database: Database, vault: Vault, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock

    def invite(self, officer: Officer | None, role: Role, territory: Territory, ends_on: date | None = None) -> Invited:
        """Make an invitation; `officer` None is the console, which may invite anyone anywhere.
        `ends_on`: the last day of the term, if there is one.

        Raises: Refused with `may_not_invite`, `bad_territory` or `no_such_region`.
        """
        if officer is not None and not (role in INVITES.get(officer.role, ()) and officer.territory.covers(territory)):
            raise Refused("may_not_invite")
        if not fits(territory, role):
            raise Refused("bad_territory", role=str(role))
        with self._database.writing() as connection:
            name = connection.execute(select(RegionRow.name).where(RegionRow.code == territory.region_code)).scalar()
            if name is None:
                raise NotThere("no_such_region", region=territory.region_code)
            return self.write(connection, officer, role, territory, name, ends_on=ends_on)

    def invitation(self, code: str) -> Invitation:
        """What a code is for. Raises Refused(`bad_invitation`): unknown, used, withdrawn, too old …, all alike."""
        with self._database.reading() as connection:
            return self._invitation(self._valid(connection, code))

    def accept(self, code: str, username: str, password: str) -> int:
        """Open the account, or set the new password of one that was reset; gives the account's id.

        Raises: Refused(`bad_invitation`), BadUsername, WeakPassword; the code can then be used again.
        """
        name = username.strip().lower()
        with self._database.reading() as connection:
            found = self._valid(connection, code)
        if found.account_id is None:
            usernames.check(name, inviter=found.inviter, sample=takes_sample(self._database.engine))
        passwords.check(password, found.username or name)
        hashed = passwords.hash_of(password)  # tens of milliseconds: outside the transaction
        now = self._clock()
        with self._database.writing() as connection:
            # A column of the invitation is set under the condition that it is still empty: the code works once.
            unused = InvitationRow.used_at.is_(None) & InvitationRow.withdrawn_at.is_(None)
            once = update(InvitationRow).where(InvitationRow.id == found.id, unused)
            if connection.execute(once.values(used_at=now)).rowcount != 1:
                raise Refused("bad_invitation")
            if found.account_id is not None:
                return self._renew(connection, found.account_id, hashed, now)
            taken = select(AccountRow.id).where(AccountRow.username == name)
            if connection.execute(taken).scalar() is not None:
                raise BadUsername("username_taken")
            id = next(fresh_ids(1))
            values = {
                "id": id,
                "username": name,
                "role": found.role,
                "region_code": found.region_code,
                "rw": found.rw,
                "rt": found.rt,
                "password_hash": hashed,
                "created_at": now,
                "invited_by": found.invited_by,
                "ends_on": found.ends_on,
            }
            connection.execute(insert(AccountRow).values(values))
            own = officer_of(connection.execute(select(*OFFICER).where(AccountRow.id == id)).one())
            note(connection, own, RecordKind.ACCOUNTS, "opened", now, role=own.role)
            return id

    def withdraw(self, officer: Officer, invitation: int) -> None:
        """Make an open invitation useless. Raises Refused(`no_such_invitation`)."""
        roles = [str(role) for role in INVITES.get(officer.role, ())]
        mine = inside(officer.territory, InvitationRow) & InvitationRow.role.in_(roles)
        open_still = mine & (InvitationRow.id == invitation) & InvitationRow.used_at.is_(None)
        with self._database.writing() as connection:
            withdrawn = update(InvitationRow).where(open_still).values(withdrawn_at=self._clock())
            if connection.execute(withdrawn).rowcount != 1:
                raise NotThere("no_such_invitation")
            found = connection.execute(select(InvitationRow.__table__).where(InvitationRow.id == invitation)).one()
            where = territory_of(found)
            note(connection, officer, RecordKind.ACCOUNTS, "withdrawn", self._clock(), territory=where, role=found.role)

    def write(
        self,
        connection: Connection,
        officer: Officer | None,
        role: Role,
        territory: Territory,
        region_name: str,
        reset_of: AnyRow | None = None,
        ends_on: date | None = None,
    ) -> Invited:
        """Write one down, in the caller's transaction; `reset_of` is an account that gets a new password by it."""
        code, now = printed_codes.new(CODE_GROUPS), self._clock()
        values = {
            "code_digest": self._digest(code),
            "role": str(role),
            "region_code": territory.region_code,
            "rw": territory.rw,
            "rt": territory.rt,
            "account_id": reset_of.id if reset_of is not None else None,
            "invited_by": officer.account if officer else None,
            "created_at": now,
            "expires_at": now + VALID,
            "ends_on": ends_on,
        }
        connection.execute(insert(InvitationRow).values(values))
        what = "reset" if reset_of is not None else "invited"
        note(connection, officer, RecordKind.ACCOUNTS, what, now, territory=territory, role=role)
        username = reset_of.username if reset_of is not None else None
        return Invited(code, role, territory, region_name, now + VALID, username, ends_on)

    def open_ones(self, connection: Connection, which: ColumnElement[bool]) -> tuple[Invitation, ...]:
        """Those that nobody has used yet, the newest first."""
        return tuple(self._invitation(row) for row in connection.execute(self._open_statement(which)))

    def _valid(self, connection: Connection, code: str) -> AnyRow:
        """The open invitation of a code, with the user name of the account that it resets."""
        mine = InvitationRow.code_digest == self._digest(code)
        found = connection.execute(self._open_statement(mine)).one_or_none()
        if found is None:
            raise Refused("bad_invitation")
        return found

    def _open_statement(self, which: ColumnElement[bool]) -> AnySelect:
        """Of invitations by and for open accounts, with the names of both."""
        engine = self._database.engine
        return (
            select(
                InvitationRow.__table__,
                region_name_of(InvitationRow),
                AccountRow.username,
                INVITER.username.label("inviter"),
            )
            .outerjoin(AccountRow, AccountRow.id == InvitationRow.account_id)
            .outerjoin(INVITER.id.table, INVITER.id == InvitationRow.invited_by)
            .where(
                which,
                InvitationRow.account_id.is_(None) | is_open(engine, AccountRow),
                InvitationRow.invited_by.is_(None) | is_open(engine, INVITER),
                InvitationRow.used_at.is_(None),
                InvitationRow.withdrawn_at.is_(None),
                InvitationRow.expires_at > self._clock(),
            )
            .order_by(InvitationRow.id.desc())
        )

    @staticmethod
    def _invitation(row: AnyRow) -> Invitation:
        office = (Role(row.role), territory_of(row), row.region_name)
        return Invitation(row.id, *office, row.created_at, row.expires_at, row.username)

    @staticmethod
    def _renew(connection: Connection, account: int, hashed: str, now: datetime) -> int:
        values = {"password_hash": hashed, "sealed_totp": None}
        still_open = (AccountRow.id == account) & is_open(connection, AccountRow)
        if connection.execute(update(AccountRow).where(still_open).values(values)).rowcount != 1:
            raise Refused("bad_invitation")
        end_all(connection, account, "password", now)
        withdraw_codes(connection, account, now)
        return account

    def _digest(self, code: str) -> bytes:
        return self._vault.digest("invitation", printed_codes.plain(code).encode())


def withdraw_codes(connection: Connection, account: int, now: datetime) -> None:
    """Make codes for a new password useless that were printed before, in the caller's transaction."""
    pending = (InvitationRow.account_id == account) & InvitationRow.used_at.is_(None)
    connection.execute(update(InvitationRow).where(pending).values(withdrawn_at=now))
