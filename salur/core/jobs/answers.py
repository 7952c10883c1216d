"""What is told of a job: how far it is, and when it may be over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from salur.core.jobs.kinds import OVER, JobKind, JobState


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work. `facts` are those of the refusal, `result` and `told` what its kind makes of them."""

    id: int
    kind: JobKind
    state: JobState
    made_by: int | None
    subject: int
    told: Mapping[str, object]
    done: int
    total: int | None
    result: Mapping[str, object] | None
    refused: str | None
    facts: Mapping[str, object] = field(default_factory=dict)
    tries: int = 0
    stop_asked: bool = False
    made_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    not_before: datetime | None = None  # when it may begin, where somebody set a time

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state in OVER

    @property
    def share(self) -> int | None:
        """How much is done, in percent; None where nobody knows how much there is."""
        return min(100, 100 * self.done // self.total) if self.total else None

    def time_left(self, now: datetime) -> timedelta | None:
        """How long it will go on if it goes on as until now; None while that is a guess."""
        share = self.share
        if self.started_at is None or self.state is not JobState.RUNNING or not share or not self.total:
            return None
        gone = now - self.started_at
        return gone * ((self.total - self.done) / self.done) if self.done and self.total > self.done else timedelta(0)
