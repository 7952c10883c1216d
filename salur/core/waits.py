"""Waits that grow: after a few wrong passwords each further try has to wait twice as long.

Kept in the table of tallies that the look-up uses too, under keys of their own; `since` is the last try.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, text, update

from salur.core.errors import TooManyAttempts
from salur.core.tables import TallyRow

DAY = 86_400
FIRST_WAIT, LONGEST_WAIT = 30, 3_600  # seconds

_LOCK = text(
    """
    INSERT INTO attempt (key, tries, since, span, fills_at, opened) VALUES (:key, 0, 0, :span, 0, false)
    ON CONFLICT (key) DO UPDATE SET span = excluded.span
    RETURNING tries, since
    """
)
_COUNT = update(TallyRow).where(TallyRow.key == bindparam("of"))


def knock(connection: Connection, keys: Iterable[tuple[bytes, int]], now: datetime) -> None:
    """Count one try under each key (with how many tries are free), before anything is compared.

    A try that comes too early is refused and not counted, under none of the keys. Rows are locked in the order of
    their keys, so that two tries never wait for each other.

    Raises: TooManyAttempts with scope `sign_in`.
    """
    second = int(now.timestamp())
    found = []
    for key, free in sorted(keys):
        tries, since = connection.execute(_LOCK, {"key": key, "span": DAY}).one()
        tries = 0 if since + DAY <= second else tries
        if (left := since + _wait(tries, free) - second) > 0:
            raise TooManyAttempts(timedelta(seconds=left), "sign_in")
        found.append((key, tries))
    for key, tries in found:
        connection.execute(_COUNT.values(tries=tries + 1, since=second), {"of": key})


def forget(connection: Connection, keys: Iterable[bytes]) -> None:
    """It was right: the tries before are forgiven."""
    connection.execute(delete(TallyRow).where(TallyRow.key.in_(list(keys))))


def _wait(tries: int, free: int) -> int:
    """Seconds to wait after so many tries."""
    if tries < free:
        return 0
    return int(min(FIRST_WAIT * 2 ** min(tries - free, 10), LONGEST_WAIT))
