"""Programmes, and the lists of recipients that offices issue for them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from salur.core.tables.base import Counted, Digest, GivenId, Moment, RegionCode, Sealed, Table, UtcDateTime


class ProgrammeRow(Table):
    """A kind of aid: PKH, SEMBAKO, …  Amounts are never here: they change from stage to stage."""

    __tablename__ = "programme"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[str]  # cash, goods, premium or group


class ListRow(Table):
    """One list: draft → published → superseded or withdrawn. Never edited in place."""

    __tablename__ = "recipient_list"

    id: Mapped[Counted]
    programme_code: Mapped[str] = mapped_column(ForeignKey("programme.code"))
    period: Mapped[str]  # 2026-T1, 2021-B12 or 2026
    area: Mapped[RegionCode]  # the smallest region that holds all its people
    decree: Mapped[str]
    issued_on: Mapped[date]
    issuer: Mapped[str]
    digest: Mapped[Digest]  # of the source file
    state: Mapped[str]
    people: Mapped[int]
    faults: Mapped[int]
    refused: Mapped[int]
    header: Mapped[str | None] = mapped_column(Text)  # of the source file, for giving faulty rows back; JSON
    imported_at: Mapped[Moment]
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_why: Mapped[str | None]
    superseded_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("recipient_list.id"))

    __table_args__ = (
        # One list in force for each programme and area, whatever commands run at once.
        Index(
            "uq_recipient_list_in_force",
            "programme_code",
            "area",
            unique=True,
            postgresql_where=text("state = 'published'"),
            sqlite_where=text("state = 'published'"),
        ),
        Index("ix_recipient_list_digest", "digest"),
    )


class FaultRow(Table):
    """A fault found in a row of a list; the row's cells are sealed, for giving them back to the sender."""

    __tablename__ = "list_fault"

    id: Mapped[GivenId]
    list_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("recipient_list.id", ondelete="CASCADE"), index=True)
    row: Mapped[str]  # `12` or `SHEET!12`
    codes: Mapped[str]  # `nik:nik_not_16_digits kk:kk_missing`
    sealed_cells: Mapped[Sealed]
