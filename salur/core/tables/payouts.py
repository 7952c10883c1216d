"""Places of payment and sittings. A schedule hangs on the sitting: a change is one row, and everybody sees it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from salur.core.tables.base import Counted, Moment, RegionCode, Table


class PlaceRow(Table):
    """A post office, village hall, kecamatan office, school; or `home`, where the officer comes to the payee."""

    __tablename__ = "place"

    id: Mapped[Counted]
    region_code: Mapped[str | None]
    name: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    address: Mapped[str | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    opening_hours: Mapped[str | None]


class SessionRow(Table):
    """A sitting for one area: programme and period, region, and RW and RT when it is for these only."""

    __tablename__ = "payout_session"

    id: Mapped[Counted]
    programme_code: Mapped[str] = mapped_column(ForeignKey("programme.code"))
    period: Mapped[str]
    region_code: Mapped[RegionCode]
    rw: Mapped[int | None]
    rt: Mapped[int | None]
    place_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("place.id"), index=True)
    starts_at: Mapped[Moment]
    ends_at: Mapped[Moment]
    deadline: Mapped[date | None]
    state: Mapped[str]  # active or replaced
    replaces_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("payout_session.id"))

    __table_args__ = (
        Index("ix_payout_session_for", "programme_code", "period", "region_code", "state"),
        Index("ix_payout_session_region_code", "region_code"),
    )
