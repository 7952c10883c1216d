"""Proposals, objections, corrections and reports of residents. Every step is an event that is only ever added."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from salur.core.tables.base import Digest, GivenId, Moment, RegionCode, Table, UtcDateTime


class ProposalRow(Table):
    """What someone sent. From `holder` on it is a copy of what the events add up to (core/proposals/steps.py).

    The area is that of the person proposed. A report (laporan) stands under the city alone, its place is sealed with
    the rest: so the area itself keeps it from RT, RW, kelurahan and kecamatan.
    """

    __tablename__ = "proposal"

    id: Mapped[GivenId]
    kind: Mapped[str]  # usulan, sanggah, koreksi or laporan
    region_code: Mapped[RegionCode]
    rw: Mapped[int | None]
    rt: Mapped[int | None]
    nik_index: Mapped[bytes | None] = mapped_column(LargeBinary(32), index=True)
    kk_index: Mapped[bytes | None] = mapped_column(LargeBinary(32), index=True)
    door: Mapped[str]  # a `Door`
    sent_at: Mapped[Moment]
    sealed_body: Mapped[bytes] = mapped_column(LargeBinary)
    holder: Mapped[str | None]  # neighbourhood, kelurahan, kecamatan, dinsos, or sender (a question); None: closed
    desk: Mapped[str | None]  # the level where it lies: the holder, or the one that asked the sender
    held_since: Mapped[Moment]
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str | None]  # accepted, rejected or granted, when closed

    __table_args__ = (Index("ix_proposal_desk", "desk", "region_code", "rw", "rt"),)


class ProposalEventRow(Table):
    """One step: what happened, when, at which level. Nothing is ever changed or deleted here."""

    __tablename__ = "proposal_event"

    id: Mapped[GivenId]
    proposal_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("proposal.id"))
    number: Mapped[int]  # from 1, without gaps
    at: Mapped[Moment]
    what: Mapped[str]  # a Step of core/proposals/steps.py
    level: Mapped[str | None]  # the holder that took the step; None: the sender, or a published list
    goes_to: Mapped[str | None]  # the holder that has it afterwards, where the step moves it
    account_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("account.id"))
    reason: Mapped[str | None]  # a code
    sealed_words: Mapped[bytes | None] = mapped_column(LargeBinary)  # JSON: {"words": …}, or all that a double said

    # One event after the other, whoever takes steps at once.
    __table_args__ = (Index("uq_proposal_event_number", "proposal_id", "number", unique=True),)


class TicketRow(Table):
    """A code by which a sender follows a proposal; a second sender for the same person has a ticket of their own.

    What opens it besides its code is `sealed_name`. Where there is none it is `proof`, of tickets of before; where
    there is neither, the code is enough.
    """

    __tablename__ = "proposal_ticket"

    digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    proposal_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("proposal.id"), index=True)
    proof: Mapped[bytes | None] = mapped_column(LargeBinary(32))  # digest of code and last four digits; none is added
    id: Mapped[int | None] = mapped_column(BigInteger)  # what the name is sealed under
    sealed_name: Mapped[bytes | None] = mapped_column(LargeBinary)
    first_event: Mapped[int]  # the number of the event it came with; what was before is not this sender's matter
    made_at: Mapped[Moment]

    __table_args__ = (Index("uq_proposal_ticket_id", "id", unique=True),)


class PhotoRow(Table):
    """A photo of a house: re-encoded, sealed."""

    __tablename__ = "proposal_photo"

    id: Mapped[GivenId]
    proposal_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("proposal.id"), index=True)
    sealed_jpeg: Mapped[bytes] = mapped_column(LargeBinary)


class FollowerRow(Table):
    """A Telegram chat that wants to be told of a proposal's steps."""

    __tablename__ = "proposal_follower"

    id: Mapped[GivenId]
    proposal_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("proposal.id"), index=True)
    chat_digest: Mapped[Digest]
    sealed_chat: Mapped[bytes] = mapped_column(LargeBinary)
    language: Mapped[str]
    ending: Mapped[str]  # the last characters of the ticket's code, for telling two tickets apart

    __table_args__ = (Index("uq_proposal_follower", "proposal_id", "chat_digest", unique=True),)
