"""How a running Salur stands. Nothing personal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from salur.core.notices.channels import Channel


@dataclass(frozen=True, slots=True)
class Queue:
    """What `work` has to do. Something that waits long while nothing is done says that it does not run."""

    waiting: int
    running: int
    oldest_waits: int  # seconds; 0 when nothing waits


@dataclass(frozen=True, slots=True)
class Ready:
    """Which parts are well. `queue` is None while the database is away."""

    database: bool
    migrations: bool
    keys: bool
    queue: Queue | None
    standby: bool = False  # the database is away, and a standby answers in its place

    @property
    def all_well(self) -> bool:
        """Whether people can be answered; the queue has no say in it."""
        return (self.database or self.standby) and self.migrations and self.keys


@dataclass(frozen=True, slots=True)
class Messages:
    """What a channel has to send, what is held or tried again later too, and what it gave up and is kept."""

    waiting: int
    overdue: int  # seconds; 0 when nothing is due
    given_up: int


@dataclass(frozen=True, slots=True)
class Vitals:
    """What a database tells of work and messages. Ages are seconds; 0 where there is nothing of the kind."""

    queue: Queue
    put_off: int  # jobs that wait for their hour
    failed: int  # jobs that ended so, as long as they are kept
    longest_runs: int
    messages: Mapping[Channel, Messages]
    followers: int  # whose answers are to be looked at now
    follower_overdue: int
