"""Waits that grow: after a few wrong passwords each further try has to wait twice as long.

Counted three ways, before anything is compared: for an account from one address, strictly; for the account from
anywhere and for the address on any account, loosely. Who has signed in from an address or in a browser (`devices`)
before is held to the first alone, so that nobody else can keep them out by guessing. Kept in the table of tallies that
the look-up uses too, under keys of their own; `since` is the last try.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from salur.core.errors import RanOut, TooManyAttempts
from salur.core.happenings import refused
from salur.core.limits import tallies
from salur.core.limits.tallies import DAY, Tally

FIRST_WAIT, LONGEST_WAIT = 30, 3_600  # seconds
# Wrong passwords before waits begin. A village may share one address.
FREE_THERE, FREE_BY_ACCOUNT, FREE_BY_ADDRESS = 5, 20, 30


@dataclass(frozen=True, slots=True, repr=False)
class Knock:
    """The keys of one try: digests of account and address together, of each alone (None: not counted).

    `known` says that `there` is a browser in which somebody has been in before, wherever it is now.
    """

    there: bytes
    account: bytes | None = None
    address: bytes | None = None
    known: bool = False

    @property
    def free(self) -> dict[bytes, int]:
        """Keys with their free tries."""
        free = {self.there: FREE_THERE, self.account: FREE_BY_ACCOUNT, self.address: FREE_BY_ADDRESS}
        return {key: tries for key, tries in free.items() if key is not None}


def count(connection: Connection, knock: Knock, now: datetime) -> None:
    """Count one try. One that comes too early is refused and not counted.

    Raises: TooManyAttempts with scope `sign_in`.
    """
    second = int(now.timestamp())
    found = tallies.lock(connection, dict.fromkeys(knock.free, DAY), second)
    waits = {key: _left(found[key], free, second) for key, free in knock.free.items()}
    left = waits[knock.there] if knock.known or found[knock.there].opened else max(waits.values())
    if left > 0:
        raise refused(TooManyAttempts(timedelta(seconds=left), RanOut.SIGN_IN))
    tallies.write(connection, [tally._replace(tries=tally.tries + 1, since=second) for tally in found.values()])


def forgive(connection: Connection, knock: Knock, now: datetime) -> None:
    """It was right: these tries are taken back everywhere, and it is remembered that somebody has been in from there.

    Where many right passwords come from one address, nobody has to wait for them.
    """
    found = tallies.lock(connection, dict.fromkeys(knock.free, DAY), int(now.timestamp()))
    there = found.pop(knock.there)
    others = [tally._replace(tries=max(tally.tries - there.tries, 0)) for tally in found.values()]
    tallies.write(connection, [there._replace(tries=0, opened=True), *others])


def _left(tally: Tally, free: int, now: int) -> int:
    """Seconds to wait after so many tries, since the last: no more than the wait, whatever a clock that ran ahead
    wrote."""
    if tally.tries < free:
        return 0
    wait = int(min(FIRST_WAIT * 2 ** min(tally.tries - free, 10), LONGEST_WAIT))
    return min(tally.since + wait - now, wait)
