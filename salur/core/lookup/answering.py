"""Who answers: the database that is written to, or while it is away a standby, with what has to be written kept.

Only where several servers are named, and a Redis. Nothing is answered uncounted: without Redis nobody is answered then.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from salur.core.errors import DatabaseAway
from salur.core.limits.asker import Asker
from salur.core.limits.attempts import Attempts
from salur.core.limits.changes import Overtaken
from salur.core.lookup.answers import Answer, Listed, NotOnTheList, OnTheList
from salur.core.lookup.lookup import Lookup
from salur.core.people.nik import Identity
from salur.core.storage.database import Database
from salur.core.storage.servers import names_several
from salur.core.storage.vault import Vault

if TYPE_CHECKING:  # Redis is loaded where there is one
    from salur.core.lookup.making_good import MakingGood
    from salur.core.lookup.stand_in import StandIn

Told = TypeVar("Told", Answer, Listed | NotOnTheList)
Read = TypeVar("Read")
AWAY = 1.0  # seconds for which a database that was away is not asked again: to look for it among all takes a while
JUDGED = 20  # times that a try is judged anew because another was quicker


class Answering:
    """The question, whoever answers it. `standing` asks of `stand_in` what `lookup` asks of the database."""

    def __init__(
        self,
        lookup: Lookup,
        standing: Lookup | None = None,
        stand_in: StandIn | None = None,
        making_good: MakingGood | None = None,
    ) -> None:
        self._lookup, self._standing, self._stand_in, self._good = lookup, standing, stand_in, making_good
        self._away_until = 0.0

    def ask(self, identity: Identity, name: str, *, asker: Asker) -> Answer:
        """As `Lookup.ask`. Raises: TooManyAttempts; DatabaseAway where not even a standby answers."""
        return self._asked(lambda lookup: lookup.ask(identity, name, asker=asker))

    def find(self, identity: Identity, name: str, *, asker: Asker) -> Listed | NotOnTheList:
        """As `Lookup.find`. Raises as `ask`."""
        return self._asked(lambda lookup: lookup.find(identity, name, asker=asker))

    def _asked(self, ask: Callable[[Lookup], Told]) -> Told:
        avoided = time.monotonic() < self._away_until
        if self._standing is None or self._there():
            try:
                return ask(self._lookup)
            except DatabaseAway as away:
                if self._standing is None or away.perhaps_written:  # else it might be counted and recorded twice
                    raise
                self._is_away()
        try:
            return self._ask_standby(ask)
        except DatabaseAway as away:
            if not avoided or away.perhaps_written or not self._is_whole():
                raise
        # No standby answers, or no Redis. What another has met a moment ago need not hold any more.
        answer = ask(self._lookup)
        self._away_until = 0.0
        return answer

    def again(self, back: str) -> OnTheList:
        """As `Lookup.again`."""

        def of_standby(stand_in: StandIn) -> OnTheList:
            assert self._standing is not None
            answer = self._standing.again(back)
            return replace(answer, as_of=stand_in.as_of)

        return self.read(lambda: self._lookup.again(back), of_standby)

    def read(self, of_database: Callable[[], Read], of_standby: Callable[[StandIn], Read]) -> Read:
        """Read what needs nothing written: of the database, or while it is away of a standby. Raises DatabaseAway."""
        if self._stand_in is None or self._there():
            try:
                return of_database()
            except DatabaseAway:
                if self._stand_in is None:
                    raise
                self._is_away()
        return of_standby(self._stand_in)

    def make_good(self) -> int:
        """Write what was kept; gives how many tries. Raises DatabaseAway."""
        return self._good.make() if self._good is not None else 0

    def waiting(self) -> int:
        """How many tries wait to be made good. Raises RedisError."""
        return self._stand_in.waiting() if self._stand_in is not None else 0

    def close(self) -> None:
        """Close all connections to standbys."""
        if self._stand_in is not None:
            self._stand_in.close()

    def _ask_standby(self, ask: Callable[[Lookup], Told]) -> Told:
        assert self._standing is not None
        assert self._stand_in is not None
        assert self._good is not None
        self._good.expect()
        for _ in range(JUDGED):
            try:
                answer = ask(self._standing)
                return replace(answer, as_of=self._stand_in.as_of)
            except Overtaken:
                time.sleep(random.uniform(0, 0.01))  # noqa: S311 - not a secret
        raise DatabaseAway("Overtaken")

    def _there(self) -> bool:
        """Whether the database is worth asking; and it has all that was counted while it was away."""
        return time.monotonic() >= self._away_until and self._is_whole()

    def _is_whole(self) -> bool:
        """Whether the database has all that was counted while it was away, which is written now."""
        try:
            self.make_good()
        except DatabaseAway:
            self._is_away()
            return False
        return True

    def _is_away(self) -> None:
        self._away_until = time.monotonic() + AWAY


def answering_of(
    url: str,
    redis_url: str,
    seconds: int,
    database: Database,
    lookup: Lookup,
    vault: Vault,
    attempts: Attempts,
    clock: Callable[[], datetime],
) -> tuple[StandIn | None, Answering]:
    """Where several servers are named, and a Redis, a standby answers while none can be written to."""
    if not redis_url or not names_several(url):
        return None, Answering(lookup)
    from salur.core.limits.kept import KeptTries
    from salur.core.lookup.making_good import MakingGood
    from salur.core.lookup.stand_in import StandIn
    from salur.core.storage.standby import Standby

    kept = KeptTries(redis_url, vault)
    stand_in = StandIn(Standby(url, seconds=seconds), kept)
    standing = Lookup(stand_in, vault, attempts, clock)
    return stand_in, Answering(lookup, standing, stand_in, MakingGood(database, vault, kept, clock))
