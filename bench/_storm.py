"""What it takes to see what there is to tell: 3,000 families of a kelurahan, 800 followed, one schedule for all.

CPU of one look at a follower (`Following.sweep`): where nothing concerns them, and where there is something to tell,
sealed into the box. Held against one answer as whoever asks reads it (`Lookup.again`) in the same run; and the writing
of the mark that has all of them looked at, which whoever publishes waits for. A PostgreSQL server's own is not in it.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from statistics import median

from bench.city import Listed, announce, listed, publish, sitting
from bench.databases import instances
from salur.core.limits.asker import Asker
from salur.core.lookup.answers import OnTheList
from salur.core.notices.channels import Channel
from salur.core.notices.stirring import HELD_BACK, stir
from salur.core.payouts.kinds import ScheduledSitting
from salur.core.people.nik import Nik
from salur.wiring import Services, build

FAMILIES, FOLLOWED, ROUNDS = 24_000, 5_000, 1
KELURAHAN, PROGRAMME, PERIOD = "32.71.05.1002", "PKH", "2026-T1"
NOON = dt.datetime(2026, 2, 2, 5, 0, tzinfo=dt.UTC)


class Clock:
    """Stands still until it is moved."""

    now = NOON

    def __call__(self) -> dt.datetime:
        """The time it is."""
        return self.now


def main() -> None:
    """Measure on each database, and print."""
    for database, made in instances():
        clock = Clock()
        services = build(made.settings, clock=clock)
        _measure(database, services, clock)
        services.database.dispose()


def _measure(database: str, services: Services, clock: Clock) -> None:
    people = families()
    publish(services, people, PROGRAMME, PERIOD)
    backs = _follow(services, people[:FOLLOWED])
    print(f"{database}: {FAMILIES:,} families, {FOLLOWED} of them followed")
    asked = _cpu(lambda: [services.lookup.again(back) for back in backs]) / FOLLOWED
    marking, nothing, told = [], [], []
    for number in range(ROUNDS):
        marking.append(_cpu(lambda: _stir(services, clock)))
        clock.now += HELD_BACK
        nothing.append(_sweep(services, 0))
        announce(services, [_sitting(number)])
        clock.now += dt.timedelta(hours=1)
        told.append(_sweep(services, FOLLOWED))
    for what, seconds in (
        ("an answer, asked for", asked),
        ("a look without news", median(nothing)),
        ("a look with news, queued", median(told)),
    ):
        print(f"  {what}: {1000 * seconds:.2f} ms of CPU, {seconds / asked:.1f} of an answer")
    marked = median(marking)
    print(f"  marking all of them, once for each change: {1000 * marked:.1f} ms, {marked / asked:.0f} answers")


def families() -> list[Listed]:
    """Women of one kelurahan."""
    return [
        listed(
            f"SITI {chr(65 + n % 26)}{chr(65 + n // 26 % 26)}AMINAH",
            f"327105{41 + n % 28:02}05{80 + n // 28 % 20:02}{n + 1:04}",
            f"327105{1 + n % 28:02}1203{n + 1:04}",
            KELURAHAN,
            1 + n % 5,
            1 + n // 5 % 15,
        )
        for n in range(FAMILIES)
    ]


def _follow(services: Services, families: list[Listed]) -> list[str]:
    """Each from a chat of its own; gives the ways back to their answers."""
    backs = []
    for number, family in enumerate(families, 1):
        answer = services.lookup.ask(Nik.parse(family.nik), family.name, asker=Asker.chat(number))
        assert isinstance(answer, OnTheList)
        assert services.following.follow(Channel.TELEGRAM, str(number), "id", answer.way_back)
        backs.append(answer.way_back)
    return backs


def _sitting(number: int) -> ScheduledSitting:
    return sitting(PROGRAMME, PERIOD, KELURAHAN, "Kantor Kelurahan", dt.date(2026, 2, 20 + number))


def _stir(services: Services, clock: Clock) -> None:
    with services.database.writing() as connection:
        stir(connection, clock(), [KELURAHAN])


def _sweep(services: Services, told: int) -> float:
    """Seconds of CPU for each follower."""
    counted = 0

    def sweeps() -> None:
        nonlocal counted
        while True:
            swept = services.following.sweep()
            counted += swept.told
            if not swept.more:
                return

    seconds = _cpu(sweeps)
    assert counted == told, (counted, told)
    return seconds / FOLLOWED


def _cpu(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


if __name__ == "__main__":
    main()
