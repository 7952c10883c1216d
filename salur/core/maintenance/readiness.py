"""Whether this process can answer people, part by part, for whoever decides where their questions are sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, func, or_, select, text

from salur.core.errors import ConfigError, DatabaseAway
from salur.core.jobs.kinds import JobState
from salur.core.maintenance.answers import Queue, Ready
from salur.core.storage.database import MIGRATIONS, Database
from salur.core.storage.keys import KeyFile
from salur.core.tables.jobs import JobRow

SECONDS = 1.0  # for the database, where a connection to it is open


class Readiness:
    """Looks at what an answer needs."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        keys_file: str | Path,
        standing_in: Callable[[], bool] | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._keys_file = keys_file
        self._standing_in = standing_in

    def look(self) -> Ready:
        """Look at each part; never raises for one that is away."""
        queue, migrated = None, False
        try:
            self._database.ping(SECONDS)
            migrated = self._migration() == newest_migration()
            queue = self._queue()
            there = True
        except DatabaseAway:
            there = False
        standby = not there and self._standing_in is not None and self._standing_in()
        return Ready(
            database=there, migrations=migrated or standby, keys=self._has_keys(), queue=queue, standby=standby
        )

    def _migration(self) -> str | None:
        with self._database.reading() as connection:
            return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()

    def _queue(self) -> Queue:
        with self._database.reading() as connection:
            return queue(connection, self._clock())

    def _has_keys(self) -> bool:
        """Whether the file stands where it is to be, for this process has read it: the next one could not start."""
        try:
            KeyFile.read(self._keys_file)
        except ConfigError:
            return False
        return True


def queue(connection: Connection, now: datetime) -> Queue:
    """What `work` has to do now: what was put off until later does not wait."""
    waiting = JobRow.state == JobState.WAITING, or_(JobRow.not_before.is_(None), JobRow.not_before <= now)
    count, oldest = connection.execute(select(func.count(), func.min(JobRow.made_at)).where(*waiting)).one()
    running = connection.execute(select(func.count()).where(JobRow.state == JobState.RUNNING)).scalar_one()
    return Queue(waiting=count, running=running, oldest_waits=int((now - oldest).total_seconds()) if oldest else 0)


@cache
def newest_migration() -> str | None:
    """The migration that this version of Salur was made for."""
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return ScriptDirectory.from_config(config).get_current_head()
