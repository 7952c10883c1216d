"""Circulars (surat edaran berjenjang), where they go, and who has read and passed them on."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from salur.core.tables.base import Counted, Moment, RegionCode, Table, UtcDateTime


class CircularRow(Table):
    """A circular. Nothing personal: text and PDF are for offices, and for everybody when it is public.

    One that was not sent yet is a draft, seen by its writer only. After sending nothing of it changes.
    """

    __tablename__ = "circular"

    id: Mapped[Counted]
    number: Mapped[str]
    number_key: Mapped[str] = mapped_column(index=True)  # the number without spaces, in capitals
    issued_on: Mapped[date]
    issuer: Mapped[str]  # the level that issued it: pusat, provinsi, kota, …
    title: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    public: Mapped[bool]
    levels: Mapped[str]  # roles that get it, each between spaces, from the RT upwards: ` rt rw `
    written_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("account.id"))
    region_code: Mapped[RegionCode]  # the writer's own area
    pdf_size: Mapped[int | None]  # bytes; None: there is no PDF
    written_at: Mapped[Moment]
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class CircularPdfRow(Table):
    """The document itself, apart from the row that lists read."""

    __tablename__ = "circular_pdf"

    circular_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("circular.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    content: Mapped[bytes] = mapped_column(LargeBinary)


class CircularAreaRow(Table):
    """A region that a circular goes to."""

    __tablename__ = "circular_area"

    circular_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("circular.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
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
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # the last time
    reminders: Mapped[int] = mapped_column(server_default="0")
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    passed_on_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
