"""What was answered while nothing could be written is written now: each try once, whoever does it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from threading import Lock

from redis.exceptions import RedisError
from sqlalchemy import Connection, insert, select, text

from salur.core.errors import DatabaseAway
from salur.core.limits import tallies
from salur.core.limits.kept import Entry, KeptTries
from salur.core.limits.tallies import DAY, Tally
from salur.core.storage.database import Database
from salur.core.storage.vault import Vault
from salur.core.tables.people import PersonRow
from salur.core.tables.privacy import AccessRow

log = logging.getLogger("salur.core")
AT_ONCE = 100  # tries in one transaction
TALLIES_AT_ONCE = 8  # in one statement: of few sizes, each of which is prepared
REMEMBERED = 30 * DAY  # that a try was made good
LOOKS_EVERY = 1.0  # seconds: in other processes, that something has to be made good is known that much later
AFTER_SILENCE = 5.0  # and where Redis does not answer
WAITS = 3.0  # for another thread that is at it


class MakingGood:
    """Takes tries out of Redis and writes them."""

    def __init__(self, database: Database, vault: Vault, kept: KeptTries, clock: Callable[[], datetime]) -> None:
        self._database, self._vault, self._kept, self._clock = database, vault, kept, clock
        self._lock = Lock()
        self._owes, self._looks_at = True, 0.0

    def expect(self) -> None:
        """Something has been kept."""
        self._owes, self._looks_at = True, 0.0

    def make(self) -> int:
        """Write what waits, unless it was looked for a moment ago; gives how many tries. What cannot be seen because
        Redis is away waits longer, and nobody for that.

        Raises DatabaseAway, also while another thread has not come to the end: until then, the tallies are not whole.
        """
        if time.monotonic() < self._looks_at:
            return 0
        if not self._lock.acquire(timeout=WAITS if self._owes else 0):
            if self._owes:
                raise DatabaseAway("MakingGood")
            return 0
        try:
            return self._make_all() if time.monotonic() >= self._looks_at else 0  # another may just have
        except RedisError as error:
            log.error("tries that are kept cannot be looked for: %s", type(error).__name__)
            self._looks_at = time.monotonic() + AFTER_SILENCE
            return 0
        finally:
            self._lock.release()

    def _make_all(self) -> int:
        made = 0
        while entries := self._kept.first(AT_ONCE):
            self._owes = True
            made += self._make(entries)
        if made:
            log.warning("tries that were answered while nothing could be written: %d are written now", made)
        self._owes, self._looks_at = False, time.monotonic() + LOOKS_EVERY
        return made

    def _make(self, entries: Sequence[Entry]) -> int:
        marks = {entry.id: self._vault.digest("made good", entry.id) for entry in entries}
        spans = {changed.key: changed.span for entry in entries for changed in entry.changed}
        now = int(self._clock().timestamp())
        with self._database.writing() as connection:
            found = _locked(connection, spans | dict.fromkeys(marks.values(), REMEMBERED), now)
            new = [entry for entry in entries if not found[marks[entry.id]].tries]
            for entry in new:
                found[marks[entry.id]] = found[marks[entry.id]].plus(1, now)
                for changed in entry.changed:
                    found[changed.key] = changed.change.applied_to(found[changed.key])
            _write(connection, found)
            _record(connection, new)
        with self._database.reading() as connection:
            at: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
        self._kept.made_good(entries, at.timestamp())
        return len(new)


def _locked(connection: Connection, spans: Mapping[bytes, int], now: int) -> dict[bytes, Tally]:
    """Lock many tallies, in the order in which every try locks its own."""
    keys, found = sorted(spans), dict[bytes, Tally]()
    for start in range(0, len(keys), TALLIES_AT_ONCE):
        some = {key: spans[key] for key in keys[start : start + TALLIES_AT_ONCE]}
        found |= tallies.lock(connection, some, now)
    return found


def _write(connection: Connection, found: Mapping[bytes, Tally]) -> None:
    every = list(found.values())
    for start in range(0, len(every), TALLIES_AT_ONCE):
        tallies.write(connection, every[start : start + TALLIES_AT_ONCE])


def _record(connection: Connection, entries: Sequence[Entry]) -> None:
    """Write the access record of those who are still there."""
    looks = [look for entry in entries for look in entry.looks]
    if not looks:
        return
    people = select(PersonRow.id).where(PersonRow.id.in_({look.person_id for look in looks}))
    there = set(connection.execute(people.with_for_update(read=True, key_share=True)).scalars())
    rows = [
        {"person_id": look.person_id, "at": look.at, "door": look.door, "asker": look.asker}
        for look in looks
        if look.person_id in there
    ]
    if rows:
        connection.execute(insert(AccessRow), rows)
