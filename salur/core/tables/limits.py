"""How often something was tried."""

from __future__ import annotations

from sqlalchemy import BigInteger, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from salur.core.tables.base import Table


class TallyRow(Table):
    """How often something was tried: by an asker, on an identity, or by an asker on an identity. Keys are digests."""

    __tablename__ = "attempt"

    key: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    tries: Mapped[int]
    since: Mapped[int] = mapped_column(BigInteger)  # Unix seconds: the first try, or the one that filled the tally
    span: Mapped[int]  # seconds after `since` until the tally starts anew
    opened: Mapped[bool]  # this asker has once succeeded with this identity
