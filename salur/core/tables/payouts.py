"""Places of payment and sittings, and the files of schedules and payments that came in.

A schedule hangs on the sitting: a change is one row, and everybody sees it. A file is a draft until it is
published, and can be undone; what it holds is nobody's number or name.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from salur.core.tables.base import Counted, Digest, Moment, RegionCode, Table, UtcDateTime


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
    per_hour: Mapped[int | None]  # how many families can be paid there in an hour
    merged_into_id: Mapped[int | None] = mapped_column(BigInteger)  # which is the same place


class PlaceEventRow(Table):
    """What an office did with a place. What stood before is kept, so that the last step can be taken back."""

    __tablename__ = "place_event"

    id: Mapped[Counted]
    place_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("place.id"), index=True)
    other_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("place.id"), index=True)
    what: Mapped[str]
    at: Mapped[Moment]
    account_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("account.id"))  # None: the console
    before: Mapped[str] = mapped_column(Text)  # JSON: facts, and of a merge the sittings that followed
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SittingRow(Table):
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
    state: Mapped[str]  # active, replaced, cancelled or undone
    replaces_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("payout_session.id"))
    plan_id: Mapped[int | None] = mapped_column(BigInteger)  # the plan, a payout_file, that says who comes when
    slot: Mapped[int | None]  # which part of that plan; a sitting that takes the place of another keeps both

    __table_args__ = (
        Index("ix_payout_session_for", "programme_code", "period", "region_code", "state"),
        Index("ix_payout_session_region_code", "region_code"),
    )


class PayoutFileRow(Table):
    """A schedule, or a report of payments: draft → published → undone. What it changed is kept, to be taken back."""

    __tablename__ = "payout_file"

    id: Mapped[Counted]
    kind: Mapped[str]  # payments or schedule
    programme_code: Mapped[str | None] = mapped_column(ForeignKey("programme.code"))  # what the operator said
    period: Mapped[str | None]
    digest: Mapped[Digest]  # of the source file
    state: Mapped[str]
    rows: Mapped[int]  # filled rows of the file below its header
    counts: Mapped[str] = mapped_column(Text)  # JSON: what the rows are, such as {"paid": 12}
    not_used: Mapped[str] = mapped_column(Text)  # JSON: [row, code, whether it was refused]
    content: Mapped[str | None] = mapped_column(Text)  # JSON: the sittings of a schedule, and what was agreed to
    basis: Mapped[str | None] = mapped_column(Text)  # what the rows of payments were compared with
    done: Mapped[str | None] = mapped_column(Text)  # JSON: what publishing a schedule changed
    rupiah: Mapped[str | None] = mapped_column(Text)  # JSON: the amounts of a report: in, used, not_used
    region_code: Mapped[str | None]  # of the office that sent it; None: the console
    turn: Mapped[int | None]  # in which order files were published
    imported_at: Mapped[Moment]
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    made_by: Mapped[int | None] = mapped_column(BigInteger)  # an account; None: the console
    published_by: Mapped[int | None] = mapped_column(BigInteger)
    undone_by: Mapped[int | None] = mapped_column(BigInteger)

    __table_args__ = (Index("ix_payout_file_digest", "digest"),)


class AppointmentRow(Table):
    """When a family comes within its sitting: that of this plan and slot which holds, wherever it was moved to."""

    __tablename__ = "appointment"

    file_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("payout_file.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    person_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("person.id"), primary_key=True, autoincrement=False, index=True
    )
    slot: Mapped[int]  # -1: of those whom the plan has placed nowhere
    turn: Mapped[int]  # in which order the families of the slot were placed, from 1
    window: Mapped[int]  # which of the equal parts of the sitting, from 0
    windows: Mapped[int]  # how many parts it has
    party: Mapped[int | None]  # of visits at home: which officer's round, from 1


class SpotRow(Table):
    """Where an RW or RT lies, roughly, as an office says it: for the way that its families walk."""

    __tablename__ = "neighbourhood_spot"

    region_code: Mapped[str] = mapped_column(Text, primary_key=True)
    rw: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # 0: all of the kelurahan
    rt: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # 0: all of the RW
    latitude: Mapped[float]
    longitude: Mapped[float]


class FilePaymentRow(Table):
    """What a file says became of one entitlement's money, and what was known of it before (None: nothing)."""

    __tablename__ = "payout_file_payment"

    file_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("payout_file.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    entitlement_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("entitlement.id"), primary_key=True, autoincrement=False
    )
    state: Mapped[str]
    on: Mapped[date | None]
    at: Mapped[str | None]
    was_state: Mapped[str | None]
    was_on: Mapped[date | None]
    was_at: Mapped[str | None]

    __table_args__ = (Index("ix_payout_file_payment_entitlement_id", "entitlement_id"),)


class PayoutChoiceRow(Table):
    """A row of a report that may mean one of several, and whom somebody chose (None: none of them)."""

    __tablename__ = "payout_choice"

    id: Mapped[Counted]
    file_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("payout_file.id", ondelete="CASCADE"), index=True)
    row: Mapped[str]
    state: Mapped[str]
    on: Mapped[date | None]
    at: Mapped[str | None]
    amount: Mapped[int | None] = mapped_column(BigInteger)
    candidates: Mapped[str] = mapped_column(Text)  # JSON: entitlements
    entitlement_id: Mapped[int | None] = mapped_column(BigInteger)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by: Mapped[int | None] = mapped_column(BigInteger)  # an account
