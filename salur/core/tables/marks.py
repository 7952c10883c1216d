"""What heads of RT and RW mark about the people of their list, and which doubles offices have looked into.

Neither changes a list by itself.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from salur.core.tables.base import Digest, GivenId, Moment, RegionCode, Table


class MarkRow(Table):
    """One mark on one person. The area is the person's own, so that a mark is bounded as the person is."""

    __tablename__ = "mark"

    id: Mapped[GivenId]
    person_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("person.id", ondelete="CASCADE"), index=True)
    region_code: Mapped[RegionCode]
    rw: Mapped[int | None]
    rt: Mapped[int | None]
    kind: Mapped[str]  # a MarkKind
    state: Mapped[str]  # as the newest event leaves it: open, confirmed, handled or taken_back
    sealed_note: Mapped[bytes | None] = mapped_column(LargeBinary)

    __table_args__ = (Index("ix_mark_area", "region_code", "rw", "rt", "state"),)


class MarkEventRow(Table):
    """One step in the life of a mark. Nothing is ever changed or deleted here."""

    __tablename__ = "mark_event"

    id: Mapped[GivenId]
    mark_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("mark.id", ondelete="CASCADE"), index=True)
    at: Mapped[Moment]
    what: Mapped[str]  # made, taken_back, confirmed or handled
    role: Mapped[str]
    account_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("account.id"))
    outcome: Mapped[str | None]  # of what was handled: list_corrected or no_change
    sealed_note: Mapped[bytes | None] = mapped_column(LargeBinary)


class DoubleCheckRow(Table):
    """A double that an office has looked into: a digest (`doubles.checks`) tells which. The area is the office's."""

    __tablename__ = "double_check"

    id: Mapped[GivenId]
    double: Mapped[Digest] = mapped_column(index=True)
    reason: Mapped[str]  # a CheckReason
    at: Mapped[Moment]
    role: Mapped[str]
    account_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("account.id"))
    region_code: Mapped[RegionCode]
    rw: Mapped[int | None]
    rt: Mapped[int | None]
    sealed_note: Mapped[bytes | None] = mapped_column(LargeBinary)
    taken_back_at: Mapped[Moment | None]
    taken_back_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("account.id"))
