"""What the budgets cost an attacker and an honest village, on the real tallies with a clock of our own.

`python -m bench.budgets`. An attacker asks as fast as they are let, once a second from each address, and waits when
told to.
"""

from __future__ import annotations

import heapq
import random
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count

from salur.core.errors import RanOut
from salur.core.limits.asker import Asker
from salur.core.limits.attempts import MISSES_OF_ANYONE, MISSES_OF_ONE_ASKER, Attempts
from salur.core.storage.database import Database
from salur.core.storage.keys import KeyFile
from salur.core.storage.vault import Vault
from salur.core.tables.limits import TallyRow

BEGIN = datetime(2026, 2, 20, tzinfo=UTC)
HOUR, DAY = 3_600, 86_400
TYPOS = 0.15  # of those who are listed mistype the name or number once


class City:
    """Tallies of a city in which nothing was asked yet."""

    def __init__(self, folder: str, number: int) -> None:
        self.seconds = 0
        self.database = Database(f"sqlite:///{folder}/{number}.db")
        with self.database.writing() as connection:
            TallyRow.__table__.create(connection)  # type: ignore[attr-defined]
        self.attempts = Attempts(Vault(KeyFile.new()), lambda: BEGIN + timedelta(seconds=self.seconds))

    def asks(self, asker: Asker, number: int, *, right: bool) -> int:
        """One question; gives the seconds to wait when it is refused for the asker, 0 when it went through (or the
        number is closed to them)."""
        with (
            self.database.writing() as connection,
            self.attempts.count(connection, number.to_bytes(32), asker) as tried,
        ):
            if tried.refusal is None and right:
                self.attempts.succeed(connection, tried)
        if tried.refusal is None or tried.refusal.scope is not RanOut.ASKER:
            return 0
        return int(tried.refusal.retry_in.total_seconds()) or 1


@dataclass
class Attack:
    """What it came to."""

    tries: int
    numbers: int
    closed: int


def attack(city: City, askers: Sequence[Asker], seconds: int) -> Attack:
    """Wrong names on numbers that are known, by askers who share the work so that as many as can be are closed."""
    together = -(-MISSES_OF_ANYONE // MISSES_OF_ONE_ASKER)
    misses: Counter[int] = Counter()
    waiting = [(0, who, 0) for who in range(len(askers))]
    while waiting and waiting[0][0] < seconds:
        city.seconds, who, step = heapq.heappop(waiting)
        number = who // together * 1_000_000 + step // MISSES_OF_ONE_ASKER
        wait = city.asks(askers[who], number, right=False)
        if not wait:
            misses[number] += 1
        heapq.heappush(waiting, (city.seconds + (wait or 1), who, step + (not wait)))
    closed = sum(tries >= MISSES_OF_ANYONE for tries in misses.values())
    return Attack(misses.total(), len(misses), closed)


def village(city: City, asker: Callable[[int], Asker], families: int, seconds: int, listed: float) -> float:
    """Families ask once each, some mistype first; gives the share of those who were refused."""
    rng = random.Random(1)
    refused = 0
    for family in range(families):
        city.seconds = seconds * family // families
        is_listed = rng.random() < listed
        who = asker(family)
        slips = [False] if is_listed and rng.random() < TYPOS else []
        refused += any(city.asks(who, family, right=right) for right in (*slips, is_listed))
    return refused / families


def ipv4(n: int) -> Asker:
    """The n-th address."""
    return Asker.address(f"198.51.{n // 256}.{n % 256}")


def ipv6(n: int) -> Asker:
    """The n-th /64 of a /48."""
    return Asker.address(f"2001:db8:1:{n:x}::1")


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(prefix="salur-bench-", dir="/dev/shm") as folder:
        cities = (City(folder, n) for n in count())
        print(f"{'attacker':44}{'tries':>8}{'numbers':>9}{'closed':>8}")
        for name, askers, seconds in (
            ("1 IPv4 address, a day", [ipv4(0)], DAY),
            ("6 IPv4 addresses, a day", [ipv4(n) for n in range(6)], DAY),
            ("50 IPv4 addresses, ten minutes", [ipv4(n) for n in range(50)], 600),
            ("50 IPv4 addresses, a day", [ipv4(n) for n in range(50)], DAY),
            ("2,000 /64s of one IPv6 /48, a day", [ipv6(n) for n in range(2_000)], DAY),
            ("50 Telegram accounts, a day", [Asker.chat(n) for n in range(50)], DAY),
        ):
            found = attack(next(cities), askers, seconds)
            print(f"{name:44}{found.tries:8,}{found.numbers:9,}{found.closed:8,}")
        print(f"\n{'honest':60}{'refused':>8}")
        for families, seconds, when in ((300, HOUR, "in an hour"), (1_500, DAY, "in a day")):
            for listed in (0.6, 0.4, 0.2):
                share = village(next(cities), lambda _: ipv4(0), families, seconds, listed)
                print(f"{f'one IPv4 address, {families:,} families {when}, {listed:.0%} listed':60}{share:8.1%}")
        share = village(next(cities), ipv6, 1_500, HOUR, 0.4)
        print(f"{'one IPv6 /48, 1,500 phones in an hour, 40% listed':60}{share:8.1%}")
        share = village(next(cities), lambda family: Asker.chat(family // 20), 600, HOUR, 0.4)
        print(f"{'a helper with a chat, 20 families, 40% listed':60}{share:8.1%}")


if __name__ == "__main__":
    main()
