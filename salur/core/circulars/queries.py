"""From rows of the tables to circulars as they are shown, and the selects that bring them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select

from salur.core.circulars.answers import AreaChoice, Circular, CircularDraft, Issuer, ReceivedCircular, Standing
from salur.core.circulars.audience import AREA, CIRCULAR, RECEIPT, levels_in, levels_text, may_see
from salur.core.errors import FieldRefused
from salur.core.officers.roles import Officer, Role
from salur.core.regions.region import DISTRICT, REGENCY, VILLAGE, district_of
from salur.core.regions.zones import time_zone
from salur.core.storage.statements import AnyColumn, AnySelect
from salur.core.tables.circulars import CircularPdfRow, CircularReceiptRow, CircularRow
from salur.core.tables.regions import RegionRow

REMINDED_AFTER = timedelta(days=2)
EXCERPT = 700  # characters of the text that go to Telegram with the news
PUBLIC: ColumnElement[bool] = and_(CIRCULAR.public, CIRCULAR.sent_at.is_not(None), CIRCULAR.withdrawn_at.is_(None))


class CircularFound(NamedTuple):
    """A circular as the table holds it, and what the officer who asks has said of it."""

    id: int
    number: str
    issued_on: date
    issuer: Issuer
    title: str
    text: str
    public: bool
    levels: tuple[Role, ...]
    region_code: str
    pdf_size: int | None
    sent_at: datetime | None
    withdrawn_at: datetime | None
    read_at: datetime | None = None
    passed_on_at: datetime | None = None


# All of it that is of the circular itself.
FOUND = tuple(CIRCULAR[name] for name in CircularFound._fields if name in CIRCULAR)


def read_all(connection: Connection, statement: AnySelect) -> list[CircularFound]:
    """The circulars that a select of FOUND, with or without a receipt, finds."""
    rows = (CircularFound(*row) for row in connection.execute(statement))
    return [row._replace(issuer=Issuer(row.issuer), levels=levels_in(str(row.levels))) for row in rows]


def read_page(connection: Connection, statement: AnySelect, limit: int, offset: int) -> list[CircularFound]:
    """The same for one page of them."""
    return read_all(connection, statement.limit(limit).offset(offset))


def read_one(connection: Connection, statement: AnySelect) -> CircularFound | None:
    """The same for a select that finds one at most."""
    return next(iter(read_all(connection, statement)), None)


def of_officer(officer: Officer) -> AnySelect:
    """The sent circulars that an officer may see, each with their own receipt."""
    mine = and_(RECEIPT.circular_id == CIRCULAR.id, RECEIPT.account_id == officer.account)
    return (
        select(*FOUND, RECEIPT.read_at, RECEIPT.passed_on_at)
        .select_from(CircularRow.__table__)
        .outerjoin(CircularReceiptRow.__table__, mine)
        .where(may_see(officer))
    )


def is_waiting(officer: Officer) -> ColumnElement[bool]:
    """The condition that the officer is asked and has not read it."""
    asked = CIRCULAR.levels.like(f"% {officer.role} %")
    return and_(asked, CIRCULAR.withdrawn_at.is_(None), RECEIPT.read_at.is_(None))


def waiting_first(officer: Officer) -> tuple[AnyColumn, ...]:
    """Order: what waits for the officer, then the newest."""
    return case((is_waiting(officer), 0), else_=1), CIRCULAR.sent_at.desc(), CIRCULAR.id.desc()


def circular_of(row: CircularFound) -> Circular:
    """What everybody reads."""
    zone = time_zone(row.region_code)
    return Circular(
        id=row.id,
        number=row.number,
        issued_on=row.issued_on,
        issuer=row.issuer,
        title=row.title,
        text=row.text,
        public=row.public,
        pdf_size=row.pdf_size,
        sent_at=row.sent_at.astimezone(zone) if row.sent_at else None,
        withdrawn_at=row.withdrawn_at.astimezone(zone) if row.withdrawn_at else None,
    )


def received_of(
    row: CircularFound, officer: Officer, now: datetime, areas: tuple[tuple[str, str], ...] = ()
) -> ReceivedCircular:
    """What an officer reads."""
    zone = time_zone(row.region_code)
    standing = Standing.WAITING
    if officer.role not in row.levels:
        standing = Standing.NOT_ASKED
    elif row.passed_on_at is not None:
        standing = Standing.PASSED_ON
    elif row.read_at is not None:
        standing = Standing.READ
    unread = standing is Standing.WAITING and row.withdrawn_at is None
    return ReceivedCircular(
        circular=circular_of(row),
        standing=standing,
        read_at=row.read_at.astimezone(zone) if row.read_at else None,
        passed_on_at=row.passed_on_at.astimezone(zone) if row.passed_on_at else None,
        late=unread and row.sent_at is not None and now - row.sent_at > REMINDED_AFTER,
        levels=row.levels,
        areas=areas,
        mine=officer.role is Role.DINSOS,
    )


def facts_of(row: CircularFound) -> dict[str, object]:
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
            villages.setdefault(district_of(row.code), []).append((row.code, row.name))
    return tuple(
        AreaChoice(row.code, row.name, tuple(villages.get(row.code, ()))) for row in rows if len(row.code) == DISTRICT
    )


def check_areas(connection: Connection, officer: Officer, draft: CircularDraft) -> list[str]:
    """The areas without those that lie in another. Raises Refused: `no_area`, `no_level`, `no_such_area`."""
    if not levels_text(draft.levels).strip():
        raise FieldRefused("levels", "no_level")
    areas = sorted(set(draft.areas), key=len)
    if not areas:
        raise FieldRefused("areas", "no_area")
    city = officer.territory.region_code
    region = RegionRow.__table__.c
    known = set(
        connection.execute(select(region.code).where(or_(region.code == city, region.code.in_(areas)))).scalars()
    )
    if any(not _inside(area, city) or area not in known for area in areas):
        raise FieldRefused("areas", "no_such_area")
    kept: list[str] = []
    for area in areas:
        if not any(_inside(area, larger) for larger in kept):
            kept.append(area)
    return kept


def _inside(code: str, around: str) -> bool:
    return code == around or code.startswith(around + ".")
