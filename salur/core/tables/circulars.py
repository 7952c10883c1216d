"""Circulars (surat edaran berjenjang), where they go, and who has read and passed them on."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from salur.core.tables.base import Counted, Moment, RegionCode, Table, UtcDateTime


class CircularRow(Table):
    """A circular. Nothing personal: text and PDF are for offices, and for everybody when it is public."""

    __tablename__ = "circular"

    id: Mapped[Counted]
    number: Mapped[str] = mapped_column(index=True)
    issued_on: Mapped[date]
    issuer: Mapped[str]  # the level that issued it: pusat, provinsi, kota, …
    title: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    public: Mapped[bool]
    levels: Mapped[str]  # roles that get it, separated by spaces
    written_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("account.id"))
    region_code: Mapped[RegionCode]  # the writer's own area
    sent_at: Mapped[Moment]
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class CircularPdfRow(Table):
    """The document itself, apart from the row that lists read."""

    __tablename__ = "circular_pdf"

    circular_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("circular.id"), primary_key=True, autoincrement=False
    )
    content: Mapped[bytes] = mapped_column(LargeBinary)


class CircularAreaRow(Table):
    """A region that a circular goes to."""

    __tablename__ = "circular_area"

    circular_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("circular.id"), primary_key=True, autoincrement=False
    )
    region_code: Mapped[RegionCode] = mapped_column(primary_key=True)


class CircularReceiptRow(Table):
    """What one account said of one circular: read, passed on. `told_at` and `reminded_at` are ours, by Telegram."""

    __tablename__ = "circular_receipt"

    circular_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("circular.id"), primary_key=True, autoincrement=False
    )
    account_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("account.id"), primary_key=True, autoincrement=False, index=True
    )
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    passed_on_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
