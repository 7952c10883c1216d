"""Doubles that an office has looked into: by whom, when and why, kept by what makes a double this very one.

A double is found anew at each look. It is known again by its kind and by who stands in it on which programme, whatever
list and period says so; who comes, goes or changes makes another double, and so a new question. Kept is a digest alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, insert, or_, select, update

from salur.core.doubles.answers import Check
from salur.core.doubles.kinds import NEEDS_NOTE, CheckReason, DoubleKind
from salur.core.doubles.queries import Listed
from salur.core.errors import FieldRefused, NotThere
from salur.core.marks.marks import check_note
from salur.core.officers.roles import Officer, Role
from salur.core.officers.scope import inside
from salur.core.regions.region import DISTRICT, REGENCY, VILLAGE
from salur.core.regions.territory import Territory
from salur.core.storage.database import fresh_ids
from salur.core.storage.prepared import columns_of
from salur.core.storage.vault import Vault
from salur.core.tables.marks import DoubleCheckRow
from salur.core.tables.regions import RegionRow

NOTE = "double_check.sealed_note"
CHECK = DoubleCheckRow.__table__.c


class _Found(NamedTuple):
    """A check that stands."""

    id: int
    double: bytes
    reason: str
    at: datetime
    role: str
    region_code: str
    rw: int | None
    rt: int | None
    sealed_note: bytes | None
    region_name: str | None


def digest_of(vault: Vault, kind: DoubleKind, rows: Iterable[Listed]) -> bytes:
    """What a double is known by again. The same NIK entered three times is another double than entered twice."""
    sides = [row.programme_code.encode() + b" " + row.who for row in rows]
    if kind is not DoubleKind.SAME_NIK:
        sides = list(set(sides))
    return vault.digest("double", kind.encode() + b"".join(sorted(sides)))


def checks_of(connection: Connection, vault: Vault, officer: Officer, doubles: Collection[bytes]) -> dict[bytes, Check]:
    """The newest check of each of these doubles that stands and that concerns the officer: of his own territory, or of
    an office above it, whose note he is not told."""
    statement = (
        select(*columns_of(_Found, region_name=RegionRow.name, **{n: CHECK[n] for n in _Found._fields if n in CHECK}))
        .outerjoin(RegionRow, RegionRow.code == CHECK.region_code)
        .where(CHECK.double.in_(doubles), CHECK.taken_back_at.is_(None), _concerns(officer))
        .order_by(CHECK.at, CHECK.id)
    )
    found = map(_Found._make, connection.execute(statement)) if doubles else ()
    return {row.double: _opened(vault, officer, row) for row in found}


def write_check(
    connection: Connection,
    vault: Vault,
    officer: Officer,
    double: bytes,
    reason: CheckReason | None,
    note: str | None,
    at: datetime,
) -> int:
    """Write one down; gives its id. Raises FieldRefused: `why_missing`, `note_missing`, `note_too_long`,
    `number_in_note`."""
    note = check_note(note)
    if reason is None:
        raise FieldRefused("reason", "why_missing")
    if note is None and reason in NEEDS_NOTE:
        raise FieldRefused("note", "note_missing")
    id, own = next(fresh_ids(1)), officer.territory
    values = {
        "id": id,
        "double": double,
        "reason": reason,
        "at": at,
        "role": officer.role,
        "account_id": officer.account,
        "region_code": own.region_code,
        "rw": own.rw,
        "rt": own.rt,
        "sealed_note": vault.seal(note.encode(), NOTE, id) if note else None,
    }
    connection.execute(insert(DoubleCheckRow).values(values))
    return id


def take_back_check(connection: Connection, officer: Officer, id: int, at: datetime) -> None:
    """As the office that made it, or one above it. Raises NotThere(`no_such_check`)."""
    mine = and_(CHECK.id == id, CHECK.taken_back_at.is_(None), inside(officer.territory, CHECK))
    row = connection.execute(select(CHECK.role, CHECK.region_code, CHECK.rw, CHECK.rt).where(mine)).one_or_none()
    if row is None or not _may_take_back(officer, Role(row.role), Territory(row.region_code, row.rw, row.rt)):
        raise NotThere("no_such_check")
    values = {"taken_back_at": at, "taken_back_by": officer.account}
    connection.execute(update(DoubleCheckRow).where(CHECK.id == id).values(values))


def _opened(vault: Vault, officer: Officer, row: _Found) -> Check:
    role, territory = Role(row.role), Territory(row.region_code, row.rw, row.rt)
    told = officer.territory.covers(territory) and row.sealed_note is not None
    return Check(
        id=row.id,
        reason=CheckReason(row.reason),
        note=vault.open(row.sealed_note or b"", NOTE, row.id).decode() if told else None,
        at=row.at,
        role=role,
        territory=territory,
        region_name=row.region_name or row.region_code,
        may_take_back=_may_take_back(officer, role, territory),
    )


def _may_take_back(officer: Officer, role: Role, territory: Territory) -> bool:
    return (role is officer.role and territory == officer.territory) or (
        officer.is_above(role) and officer.territory.covers(territory)
    )


def _concerns(officer: Officer) -> ColumnElement[bool]:
    own = officer.territory
    around = [own.region_code[:length] for length in (REGENCY, DISTRICT, VILLAGE) if length <= len(own.region_code)]
    above = and_(
        CHECK.region_code.in_(around),
        or_(CHECK.rw.is_(None), CHECK.rw == own.rw),
        or_(CHECK.rt.is_(None), CHECK.rt == own.rt),
    )
    return or_(inside(own, CHECK), above)
