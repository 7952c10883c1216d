"""Whom a circular is for: the accounts that are asked to acknowledge it, and the officers who may see it.

Both follow from its levels and areas at the moment of asking; nothing is copied at sending. So an RT who joins next
week finds it in the inbox, and one whose account is closed is waited for no longer.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, and_, exists, func, literal, or_, select

from salur.core.circulars.answers import LEVELS
from salur.core.officers.roles import CHAIN, Officer, Role
from salur.core.regions.region import DISTRICT, REGENCY, VILLAGE, cut, regency_of
from salur.core.storage.open_accounts import is_open
from salur.core.storage.statements import Columns
from salur.core.tables.circulars import CircularAreaRow, CircularReceiptRow, CircularRow

CIRCULAR, AREA, RECEIPT = CircularRow.__table__.c, CircularAreaRow.__table__.c, CircularReceiptRow.__table__.c


def levels_text(levels: tuple[Role, ...]) -> str:
    """As the column holds them: from the RT upwards, each between spaces."""
    return f" {' '.join(role for role in LEVELS if role in levels)} "


def levels_in(text: str) -> tuple[Role, ...]:
    """Back from the column."""
    return tuple(Role(word) for word in text.split())


def is_asked(connection: Connection, account: Columns, circular: Columns = CIRCULAR) -> ColumnElement[bool]:
    """The condition that an account (its columns) is asked to acknowledge a circular.

    It is when its level was chosen, and its region lies in a chosen area or around one: a circular to one kelurahan
    passes its kecamatan.
    """
    level = circular.levels.like(literal("% ").concat(account.role).concat(" %"))
    own, area = account.region_code.concat("."), AREA.region_code.concat(".")
    touched = or_(
        func.substr(own, 1, func.length(area)) == area,
        func.substr(area, 1, func.length(own)) == own,
    )
    reached = exists(select(1).where(AREA.circular_id == circular.id, touched))
    # The circular's own city first: no other account can be meant.
    city = func.substr(account.region_code, 1, REGENCY) == circular.region_code
    return and_(is_open(connection, account), level, city, reached)


def touches(officer: Officer) -> ColumnElement[bool]:
    """The condition that an area of the circular lies in or around the officer's region."""
    code = officer.territory.region_code
    around = AREA.region_code.in_([cut(code, level) for level in (REGENCY, DISTRICT, VILLAGE) if level <= len(code)])
    within = func.substr(AREA.region_code, 1, len(code) + 1) == code + "."
    return exists(select(1).where(AREA.circular_id == CIRCULAR.id, around | within))


def may_see(officer: Officer) -> ColumnElement[bool]:
    """The condition that an officer may see a sent circular. Needs their receipt outer-joined.

    Dinsos sees those of its city. Others see what went to their level or to one below it, in their area; the upper
    level is to know who has not acknowledged. What was withdrawn stays only with those who had read it.
    """
    code = officer.territory.region_code
    if officer.role not in CHAIN:
        return literal(value=False)
    sent = CIRCULAR.sent_at.is_not(None) & (CIRCULAR.region_code == regency_of(code))
    if officer.role is Role.DINSOS:
        return sent
    upto = CHAIN[: CHAIN.index(officer.role) + 1]
    level = or_(*(CIRCULAR.levels.like(f"% {role} %") for role in upto))
    kept = CIRCULAR.withdrawn_at.is_(None) | RECEIPT.read_at.is_not(None)
    return and_(sent, level, touches(officer), kept)
