"""From rows of the tables to circulars as they are shown, and the selects that bring them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, null, or_, select

from salur.core.circular_audience import AREA, CIRCULAR, RECEIPT, levels_of, levels_text, may_see
from salur.core.circular_views import AreaChoice, Circular, CircularDraft, Issuer, Letter, Standing
from salur.core.database import AnyRow
from salur.core.errors import Refused
from salur.core.regions import time_zone
from salur.core.roles import DISTRICT, REGENCY, VILLAGE, Officer, Role
from salur.core.tables import CircularPdfRow, CircularReceiptRow, CircularRow, RegionRow

REMINDED_AFTER = timedelta(days=2)
EXCERPT = 700  # characters of the text that go to Telegram with the news
PUBLIC: ColumnElement[bool] = and_(CIRCULAR.public, CIRCULAR.sent_at.is_not(None), CIRCULAR.withdrawn_at.is_(None))


def of_officer(officer: Officer) -> Select[*tuple[Any, ...]]:
    """The sent circulars that an officer may see, each with his own receipt."""
    mine = and_(RECEIPT.circular_id == CIRCULAR.id, RECEIPT.account_id == officer.account)
    return (
        select(CircularRow.__table__, RECEIPT.read_at, RECEIPT.passed_on_at)
        .select_from(CircularRow.__table__)
        .outerjoin(CircularReceiptRow.__table__, mine)
        .where(may_see(officer))
    )


def unread() -> Select[*tuple[Any, ...]]:
    """Circulars as nobody has received them: drafts."""
    return select(CircularRow.__table__, null().label("read_at"), null().label("passed_on_at"))


def is_waiting(officer: Officer) -> ColumnElement[bool]:
    """The condition that he is asked and has not read it."""
    asked = CIRCULAR.levels.like(f"% {officer.role} %")
    return and_(asked, CIRCULAR.withdrawn_at.is_(None), RECEIPT.read_at.is_(None))


def waiting_first(officer: Officer) -> tuple[ColumnElement[Any], ...]:
    """Order: what waits for him, then the newest."""
    return case((is_waiting(officer), 0), else_=1), CIRCULAR.sent_at.desc(), CIRCULAR.id.desc()


def circular_of(row: AnyRow) -> Circular:
    """Build it from a row of the table."""
    zone = time_zone(row.region_code)
    return Circular(
        id=row.id,
        number=row.number,
        issued_on=row.issued_on,
        issuer=Issuer(row.issuer),
        title=row.title,
        text=row.text,
        public=row.public,
        pdf_size=row.pdf_size,
        sent_at=row.sent_at.astimezone(zone) if row.sent_at else None,
        withdrawn_at=row.withdrawn_at.astimezone(zone) if row.withdrawn_at else None,
    )


def letter_of(row: AnyRow, officer: Officer, now: datetime, areas: tuple[tuple[str, str], ...] = ()) -> Letter:
    """Build it from a row of `of_officer`."""
    zone = time_zone(row.region_code)
    levels = levels_of(row)
    standing = Standing.WAITING
    if officer.role not in levels:
        standing = Standing.NOT_ASKED
    elif row.passed_on_at is not None:
        standing = Standing.PASSED_ON
    elif row.read_at is not None:
        standing = Standing.READ
    unread = standing is Standing.WAITING and row.withdrawn_at is None
    return Letter(
        circular=circular_of(row),
        standing=standing,
        read_at=row.read_at.astimezone(zone) if row.read_at else None,
        passed_on_at=row.passed_on_at.astimezone(zone) if row.passed_on_at else None,
        late=unread and row.sent_at is not None and now - row.sent_at > REMINDED_AFTER,
        levels=levels,
        areas=areas,
        mine=officer.role is Role.DINSOS,
    )


def facts_of(row: AnyRow) -> dict[str, Any]:
    """What a message by Telegram says of a circular, as JSON holds it."""
    return {
        "circular": row.id,
        "number": row.number,
        "issued_on": row.issued_on.isoformat(),
        "issuer": row.issuer,
        "title": row.title,
        "text": row.text[:EXCERPT],
        "more": len(row.text) > EXCERPT,
        "pdf": row.pdf_size is not None,
    }


def number_and_pdf(connection: Connection, which: ColumnElement[bool]) -> tuple[str, bytes] | None:
    """The number and the PDF of the circular that is meant; None without a PDF."""
    pdf = CircularPdfRow.__table__.c
    statement = select(CIRCULAR.number, pdf.content).join(CircularPdfRow.__table__, pdf.circular_id == CIRCULAR.id)
    row = connection.execute(statement.where(which)).one_or_none()
    return (row.number, bytes(row.content)) if row is not None else None


def areas_of(connection: Connection, id: int) -> tuple[tuple[str, str], ...]:
    """Codes and official names of a circular's areas, in the order of the codes."""
    region = RegionRow.__table__.c
    chosen = select(AREA.region_code).where(AREA.circular_id == id)
    statement = select(region.code, region.name).where(region.code.in_(chosen)).order_by(region.code)
    return tuple((row.code, row.name) for row in connection.execute(statement))


def area_choices(connection: Connection, city: str) -> tuple[AreaChoice, ...]:
    """The kecamatan of a city with their kelurahan."""
    region = RegionRow.__table__.c
    inside = func.substr(region.code, 1, REGENCY + 1) == city + "."
    rows = connection.execute(select(region.code, region.name).where(inside).order_by(region.code)).all()
    villages: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        if len(row.code) == VILLAGE:
            villages.setdefault(row.code[:DISTRICT], []).append((row.code, row.name))
    return tuple(
        AreaChoice(row.code, row.name, tuple(villages.get(row.code, ()))) for row in rows if len(row.code) == DISTRICT
    )


def checked_areas(connection: Connection, officer: Officer, draft: CircularDraft) -> list[str]:
    """The areas without those that lie in another. Raises Refused: `no_area`, `no_level`, `no_such_area`."""
    if not levels_text(draft.levels).strip():
        raise Refused("no_level")
    areas = sorted(set(draft.areas), key=len)
    if not areas:
        raise Refused("no_area")
    city = officer.territory.region_code
    region = RegionRow.__table__.c
    known = set(
        connection.execute(select(region.code).where(or_(region.code == city, region.code.in_(areas)))).scalars()
    )
    if any(not _inside(area, city) or area not in known for area in areas):
        raise Refused("no_such_area")
    kept: list[str] = []
    for area in areas:
        if not any(_inside(area, larger) for larger in kept):
            kept.append(area)
    return kept


def _inside(code: str, around: str) -> bool:
    return code == around or code.startswith(around + ".")
