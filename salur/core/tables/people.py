"""People who are on some list, and what each list says of them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from salur.core.tables.base import GivenId, Table


class PersonRow(Table):
    """One payee as lists write them; lists that write them alike (numbers, name, area) share the row.

    A row is never changed, so a draft changes no answer. Numbers, names and address are sealed. The indexes are keyed
    hashes; NIK and KK number share one index space, because people type one for the other.
    """

    __tablename__ = "person"

    id: Mapped[GivenId]
    nik_index: Mapped[bytes | None] = mapped_column(LargeBinary(32), index=True)
    kk_index: Mapped[bytes | None] = mapped_column(LargeBinary(32), index=True)
    region_code: Mapped[str | None]
    rw: Mapped[int | None]
    rt: Mapped[int | None]
    care: Mapped[bool]  # needs home delivery: elderly, sick, disabled
    sealed_names: Mapped[bytes] = mapped_column(LargeBinary)  # {"name": as listed, "head": of the family}
    sealed_numbers: Mapped[bytes | None] = mapped_column(LargeBinary)  # [nik, kk]
    sealed_address: Mapped[bytes | None] = mapped_column(LargeBinary)

    __table_args__ = (Index("ix_person_area", "region_code", "rw", "rt"),)


class CopiedRow(Table):
    """The index of a KK number copied down a column: more payees than any family has stand under it."""

    __tablename__ = "copied_number"

    number: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)


class EntitlementRow(Table):
    """A person on a list."""

    __tablename__ = "entitlement"

    id: Mapped[GivenId]
    person_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("person.id"), index=True)
    list_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("recipient_list.id"), index=True)
    stage: Mapped[str | None]
    amount: Mapped[int | None] = mapped_column(BigInteger)  # whole rupiah
    channel: Mapped[str | None]
    state: Mapped[str]
    reason: Mapped[str | None]  # a code
    letter_index: Mapped[bytes | None] = mapped_column(LargeBinary(32), index=True)  # the code is not kept
    sealed_group: Mapped[bytes | None] = mapped_column(LargeBinary)  # the name of the group that gets it
    sealed_note: Mapped[bytes | None] = mapped_column(LargeBinary)  # the office's own words, where no code fits
    # On a correcting list: the entry in whose place this one stands; None: somebody who is added.
    corrects: Mapped[int | None] = mapped_column(BigInteger)

    __table_args__ = (
        Index(
            "ix_entitlement_corrects",
            "corrects",
            postgresql_where=text("corrects IS NOT NULL"),
            sqlite_where=text("corrects IS NOT NULL"),
        ),
    )


class PaymentRow(Table):
    """What became of one entitlement's money."""

    __tablename__ = "payment"

    entitlement_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("entitlement.id"), primary_key=True, autoincrement=False
    )
    state: Mapped[str]
    on: Mapped[date | None]
    at: Mapped[str | None]
