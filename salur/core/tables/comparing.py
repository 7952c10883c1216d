"""Two lists side by side, as it was worked out: ids and counts, nothing of a person."""

from __future__ import annotations

from typing import Annotated

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from salur.core.tables.base import Counted, Moment, Table

OfList = Annotated[int, mapped_column(BigInteger, ForeignKey("recipient_list.id", ondelete="CASCADE"))]


class ComparisonRow(Table):
    """One comparison of two lists. `basis`: how many people each had then, and what corrected it; without `counts` it
    is not worked out.
    """

    __tablename__ = "list_comparison"

    id: Mapped[Counted]
    before_list: Mapped[OfList] = mapped_column(index=True)
    after_list: Mapped[OfList] = mapped_column(index=True)
    basis: Mapped[str]
    made_at: Mapped[Moment]
    counts: Mapped[str | None] = mapped_column(Text)  # JSON


class ComparisonLinesRow(Table):
    """The lines of one group in their order: for each which rows of the two lists, and what is different of them."""

    __tablename__ = "list_comparison_lines"

    comparison_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("list_comparison.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    kind: Mapped[str] = mapped_column(primary_key=True)
    lines: Mapped[bytes] = mapped_column(LargeBinary)
