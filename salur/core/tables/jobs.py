"""Work that takes longer than a page may, and is done beside the site."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from salur.core.tables.base import Counted, Moment, Table, UtcDateTime


class JobRow(Table):
    """One piece of work: waiting → running → done, failed or stopped. Nothing in it is personal.

    While it runs, `lease` is the runner's own word and `leased_until` says when others may take the job up again.
    """

    __tablename__ = "job"

    id: Mapped[Counted]
    kind: Mapped[str]
    state: Mapped[str]
    made_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("account.id"))  # None: the console
    subject: Mapped[int] = mapped_column(BigInteger)  # what it works on: the id of an upload or a list
    told: Mapped[str] = mapped_column(Text)  # how it is to be done; JSON
    done: Mapped[int]
    total: Mapped[int | None]
    result: Mapped[str | None] = mapped_column(Text)  # JSON
    refused: Mapped[str | None]  # the code of a refusal, with its facts
    facts: Mapped[str | None] = mapped_column(Text)  # JSON
    tries: Mapped[int]
    stop_asked: Mapped[bool] = mapped_column(server_default=false())
    lease: Mapped[str | None]
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    made_at: Mapped[Moment]
    not_before: Mapped[datetime | None] = mapped_column(UtcDateTime)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # the last time
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (Index("ix_job_state", "state", "id"), Index("ix_job_subject", "subject"))
