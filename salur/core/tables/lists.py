"""Programmes, and the lists of recipients that offices issue for them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column

from salur.core.tables.base import Counted, Digest, GivenId, Moment, RegionCode, Sealed, Table, UtcDateTime


class ProgrammeRow(Table):
    """A kind of aid: PKH, SEMBAKO, …  Amounts are never here: they change from stage to stage."""

    __tablename__ = "programme"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[str]  # cash, goods, premium or group


class ProgrammeWordsRow(Table):
    """An office's own words about a programme in one language. None is changed: the newest holds."""

    __tablename__ = "programme_words"

    id: Mapped[Counted]
    programme_code: Mapped[str] = mapped_column(ForeignKey("programme.code"), index=True)
    language: Mapped[str]
    what: Mapped[str]
    who: Mapped[str]
    paid: Mapped[str]
    papers: Mapped[str]
    made_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("account.id"))
    made_at: Mapped[Moment]


class ExclusionRow(Table):
    """What an office confirmed of two programmes, by which decree, until it was taken back."""

    __tablename__ = "programme_exclusion"

    id: Mapped[Counted]
    one: Mapped[str] = mapped_column(ForeignKey("programme.code"))  # the code that comes first
    other: Mapped[str] = mapped_column(ForeignKey("programme.code"))
    excludes: Mapped[bool]  # False: one family may get both
    source: Mapped[str]
    made_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("account.id"))
    made_at: Mapped[Moment]
    taken_back_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    taken_back_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("account.id"))

    __table_args__ = (
        Index(
            "uq_programme_exclusion_in_force",
            "one",
            "other",
            unique=True,
            sqlite_where=text("taken_back_at IS NULL"),
            postgresql_where=text("taken_back_at IS NULL"),
        ),
    )


class ListRow(Table):
    """One list: draft → published → superseded or withdrawn. What it says is never edited in place.

    Where a later list covers only a part of what it covers, the people of that part become a list of their own, which
    is superseded; the rest stays in force. A correcting list says otherwise of a few people of another, or adds some;
    it covers no place: that other one goes on speaking there.
    """

    __tablename__ = "recipient_list"

    id: Mapped[Counted]
    programme_code: Mapped[str] = mapped_column(ForeignKey("programme.code"))
    period: Mapped[str]  # 2026-T1, 2021-B12 or 2026
    area: Mapped[RegionCode]  # the smallest region that holds nearly all its people
    coverage: Mapped[str] = mapped_column(server_default="kelurahan")  # a Coverage
    decree: Mapped[str]
    issued_on: Mapped[date]
    issuer: Mapped[str]
    digest: Mapped[Digest]  # of the source file, or of all of them
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
    part_of: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("recipient_list.id"))  # taken out of this list
    corrects: Mapped[int | None] = mapped_column(BigInteger)  # the list of which it corrects a few people
    states_confirmed: Mapped[bool] = mapped_column(server_default=false())  # what takes people off was looked at

    __table_args__ = (Index("ix_recipient_list_digest", "digest"),)


class CoverageRow(Table):
    """A kelurahan, RW or RT that a list speaks for: it supersedes others there, and nowhere else.

    Where no kelurahan is known of its people, the smallest region around them stands here.
    """

    __tablename__ = "list_coverage"

    list_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("recipient_list.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    region_code: Mapped[RegionCode] = mapped_column(primary_key=True)
    rw: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # 0: all of them
    rt: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # 0: all of them
    programme_code: Mapped[str] = mapped_column(ForeignKey("programme.code"))
    in_force: Mapped[bool] = mapped_column(server_default=false())

    __table_args__ = (
        # One list speaks for each programme and place, whatever commands run at once.
        Index(
            "uq_list_coverage_in_force",
            "programme_code",
            "region_code",
            "rw",
            "rt",
            unique=True,
            postgresql_where=text("in_force"),
            sqlite_where=text("in_force = 1"),
        ),
    )


class FileRow(Table):
    """A file of a list that was imported from several."""

    __tablename__ = "list_file"

    list_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("recipient_list.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    digest: Mapped[Digest] = mapped_column(primary_key=True, index=True)


class FaultRow(Table):
    """A fault found in a row of a list; the row's cells are sealed, for giving them back to the sender."""

    __tablename__ = "list_fault"

    id: Mapped[GivenId]
    list_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("recipient_list.id", ondelete="CASCADE"), index=True)
    row: Mapped[str]  # `12` or `SHEET!12`
    codes: Mapped[str]  # `nik:nik_not_16_digits kk:kk_missing`
    sealed_cells: Mapped[Sealed]


class ListEventRow(Table):
    """What was done with a list: imported, published, taken back …; written with what it tells of."""

    __tablename__ = "list_event"

    id: Mapped[Counted]
    list_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("recipient_list.id", ondelete="CASCADE"), index=True)
    at: Mapped[Moment]
    what: Mapped[str]
    made_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("account.id"))  # None: the console
    other: Mapped[int | None] = mapped_column(BigInteger)  # the list that caused it
    why: Mapped[str | None] = mapped_column(Text)
