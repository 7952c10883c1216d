"""A server that follows the one that writes: it is read from while that one is away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from typing import NamedTuple, Protocol

from sqlalchemy import Connection, text

from salur.core.storage.database import Database
from salur.core.storage.servers import address_of_standby

# What was replayed last says how new the data are; after a restart that is nothing yet. One that has been promoted
# meanwhile, and has let nobody go who was connected, follows nobody any more.
STATE = text("""
    SELECT set_config('transaction_read_only', 'on', true),
           CASE WHEN pg_is_in_recovery() THEN pg_last_xact_replay_timestamp() ELSE now() END AS replayed,
           (SELECT checkpoint_time FROM pg_control_checkpoint()) AS checkpoint
""")


class Transactions(Protocol):
    """A database, or what stands in for it."""

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection for SELECTs only."""

    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction, committed at its end."""


class AsOf(NamedTuple):
    """How new the data of a standby are. What was committed until `replayed` is in them for sure; None: who knows."""

    told: datetime
    replayed: datetime | None


class Standby:
    """Hands out connections to any server that may only be read. Raises DatabaseAway as `Database` does."""

    def __init__(self, url: str, *, seconds: int | None = None) -> None:
        self.database = Database(address_of_standby(url), seconds=seconds)

    @contextmanager
    def reading(self) -> Iterator[tuple[Connection, AsOf]]:
        """A transaction in which nothing can be written, wherever it has come to."""
        with self.database.reading() as connection:
            state = connection.execute(STATE).one()
            told = state.replayed or state.checkpoint
            yield connection, AsOf(told.astimezone(UTC), state.replayed)
