"""Letters that were printed: whose each is and what became of it. Their codes are kept as keyed hashes alone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from salur.core.tables.base import Counted, Digest, GivenId, Moment, RegionCode, Sealed, Table, UtcDateTime


class PrintingRow(Table):
    """Letters that were printed at once: of an area, of a sitting, or one."""

    __tablename__ = "letter_printing"

    id: Mapped[Counted]
    kind: Mapped[str]  # official, or own: printed by the payee
    programme_code: Mapped[str] = mapped_column(ForeignKey("programme.code"))
    period: Mapped[str]
    region_code: Mapped[RegionCode]
    rw: Mapped[int | None]
    rt: Mapped[int | None]
    sitting_id: Mapped[int | None] = mapped_column(BigInteger)
    paper: Mapped[str]  # a5 or a4
    language: Mapped[str]
    letters: Mapped[int]  # how many numbers were taken; as many letters, once it is ready
    first_number: Mapped[int | None]  # None until a runner has taken it up
    made_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("account.id"))  # None: the payee
    made_at: Mapped[Moment]  # when it was asked for
    ready_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # since when its letters are good
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_why: Mapped[str | None]  # a code
    withdrawn_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("account.id"))

    __table_args__ = (Index("ix_letter_printing_round", "programme_code", "period", "region_code"),)


class PrintedPieceRow(Table):
    """A piece of the file to print, sealed, for as long as it can be fetched; ids rise from beginning to end."""

    __tablename__ = "letter_piece"

    id: Mapped[GivenId]
    printing_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("letter_printing.id", ondelete="CASCADE"), index=True
    )
    part: Mapped[int]  # which of its files, from 1
    sealed_content: Mapped[Sealed]


class LetterRow(Table):
    """One letter: for one entry of a list. Whoever holds its code can see whether it is genuine."""

    __tablename__ = "letter"

    id: Mapped[GivenId]
    printing_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("letter_printing.id", ondelete="CASCADE"), index=True
    )
    entitlement_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("entitlement.id"), index=True)
    code_index: Mapped[Digest] = mapped_column(unique=True)
    number: Mapped[int]  # counted on within programme, period and city
    sitting_id: Mapped[int | None] = mapped_column(BigInteger)  # whose day stands on it
    comes_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # from when to when its payee is to come
    comes_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    state: Mapped[str]  # genuine, replaced or withdrawn
    state_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # since when it is no longer genuine
    handed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    handed_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("account.id"))
