"""Quotas of programmes, and what persons decided about the order in which accepted proposals wait for a place."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from salur.core.tables.base import Counted, Moment, RegionCode, Table


class QuotaRow(Table):
    """How many places a programme has in a city, and by what its line is ordered. None is changed: the newest holds."""

    __tablename__ = "programme_quota"

    id: Mapped[Counted]
    programme_code: Mapped[str] = mapped_column(ForeignKey("programme.code"))
    region_code: Mapped[RegionCode]  # of the city
    places: Mapped[int | None]  # None: it has no quota any more
    rule: Mapped[str]  # a LineRule
    source: Mapped[str]  # the decree
    made_by: Mapped[int] = mapped_column(BigInteger, ForeignKey("account.id"))
    made_at: Mapped[Moment]

    __table_args__ = (Index("ix_programme_quota_programme", "programme_code", "region_code", "id"),)


class LineStepRow(Table):
    """One step of one proposal in the line of one programme. Nothing is ever changed here."""

    __tablename__ = "line_step"

    id: Mapped[Counted]
    programme_code: Mapped[str] = mapped_column(ForeignKey("programme.code"))
    proposal_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("proposal.id"), index=True)
    what: Mapped[str]  # a LineStep
    at: Mapped[Moment]
    account_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("account.id"))  # None: Salur itself
    reason: Mapped[str | None]  # a code
    # Of what was chosen: the row of a draft that is to hold it. It may be taken out again, and then nobody is chosen.
    entitlement_id: Mapped[int | None] = mapped_column(BigInteger)
    since: Mapped[Moment]  # when the proposal was accepted: a list that grants it overwrites that

    __table_args__ = (Index("ix_line_step_programme", "programme_code", "proposal_id", "id"),)
