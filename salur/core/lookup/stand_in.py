"""Transactions on a standby, for `lookup` to answer from as if it were the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import local

from redis.exceptions import RedisError
from sqlalchemy import Connection

from salur.core.errors import DatabaseAway
from salur.core.limits.kept import KeptTries
from salur.core.limits.tallies import ELSEWHERE
from salur.core.storage.standby import Standby


class StandIn:
    """Transactions on a standby, of which Redis keeps what would be written."""

    def __init__(self, standby: Standby, kept: KeptTries) -> None:
        self._standby, self._kept = standby, kept
        self._here = local()

    @property
    def as_of(self) -> datetime:
        """How new the data are that this thread has read last."""
        as_of: datetime = self._here.as_of
        return as_of

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """For SELECTs only."""
        with self._standby.reading() as (connection, as_of):
            self._here.as_of = as_of.told
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """For what goes by tallies and the access record. Raises Overtaken where it is to be tried anew."""
        done = False
        try:
            with self._standby.reading() as (connection, as_of), self._kept.trying(as_of.replayed) as trying:
                self._here.as_of = as_of.told
                yield connection.execution_options(**{ELSEWHERE: trying})
                done = True
                trying.commit()
        except RedisError as error:
            away = DatabaseAway(type(error).__name__)
            away.perhaps_written = done
            raise away from None

    def waiting(self) -> int:
        """How many tries wait to be made good. Raises RedisError."""
        return self._kept.count()

    def close(self) -> None:
        """Close all connections."""
        self._standby.database.dispose()
        self._kept.redis.close()

    def answers(self) -> bool:
        """Whether look-ups would be answered."""
        try:
            with self.reading():
                return self._kept.count() >= 0
        except (DatabaseAway, RedisError):
            return False
