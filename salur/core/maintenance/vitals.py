"""How work and messages stand, for whoever watches: asked every few seconds, so each statement has an index."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, func, select

from salur.core.jobs.kinds import JobState
from salur.core.maintenance.answers import Messages, Vitals
from salur.core.maintenance.backups.archive import A_BACKUP, NAME
from salur.core.maintenance.readiness import queue
from salur.core.notices.channels import SENT
from salur.core.storage.database import Database
from salur.core.storage.statements import AnySelect
from salur.core.tables.following import FollowRow
from salur.core.tables.jobs import JobRow
from salur.core.tables.notices import NoticeRow

PING_SECONDS = 1.0
# By `ix_job_state`, `ix_notice_waiting`, `ix_notice_given_up` and `ix_follow_look_at`: only what waits, runs or failed
# is read, never all there ever was.
JOBS = select(JobRow.state, func.count(), func.min(JobRow.started_at)).group_by(JobRow.state)
MESSAGES = select(NoticeRow.channel, func.count(), func.min(NoticeRow.due_at)).group_by(NoticeRow.channel)
GIVEN_UP = select(NoticeRow.channel, func.count().label("number")).group_by(NoticeRow.channel)
FOLLOWERS = select(func.count(), func.min(FollowRow.look_at))
COUNTED = (JobState.WAITING, JobState.RUNNING, JobState.FAILED)


class Vital:
    """Looks at what waits."""

    def __init__(self, database: Database, clock: Callable[[], datetime], backups: str | Path) -> None:
        self._database = database
        self._clock = clock
        self._backups = Path(backups)

    def look(self) -> Vitals:
        """All of it. Raises DatabaseAway, after a second where the database does not answer."""
        self._database.ping(PING_SECONDS)
        with self._database.reading() as connection:
            return _read(connection, self._clock())

    def newest_backup(self) -> datetime | None:
        """When the newest backup in the folder was made; None where there is none, or nobody may look."""
        try:
            names = [file.name for file in self._backups.iterdir() if A_BACKUP.fullmatch(file.name)]
        except OSError:
            return None
        return datetime.strptime(max(names), NAME).replace(tzinfo=UTC) if names else None


def statements(now: datetime) -> list[AnySelect]:
    """What is asked."""
    return [
        JOBS.where(JobRow.state.in_(COUNTED)),
        MESSAGES.where(NoticeRow.done_at.is_(None)),
        GIVEN_UP.where(NoticeRow.given_up_at.is_not(None)),
        FOLLOWERS.where(FollowRow.look_at <= now),
    ]


def _read(connection: Connection, now: datetime) -> Vitals:
    jobs, messages, given_up, followers = statements(now)
    by_state = {JobState(state): (count, since) for state, count, since in connection.execute(jobs)}
    waits = queue(connection, now)
    _, running_since = by_state.get(JobState.RUNNING, (0, None))
    waiting = {channel: (count, due) for channel, count, due in connection.execute(messages)}
    lost = {row.channel: row.number for row in connection.execute(given_up)}
    to_look, look_at = connection.execute(followers).one()
    return Vitals(
        queue=waits,
        put_off=by_state.get(JobState.WAITING, (0, None))[0] - waits.waiting,
        failed=by_state.get(JobState.FAILED, (0, None))[0],
        longest_runs=_seconds(running_since, now),
        messages={
            channel: Messages(
                waiting=waiting.get(channel, (0, None))[0],
                overdue=_seconds(waiting.get(channel, (0, None))[1], now),
                given_up=lost.get(channel, 0),
            )
            for channel in SENT
        },
        followers=to_look,
        follower_overdue=_seconds(look_at, now),
    )


def _seconds(since: datetime | None, now: datetime) -> int:
    return max(int((now - since).total_seconds()), 0) if since is not None else 0
