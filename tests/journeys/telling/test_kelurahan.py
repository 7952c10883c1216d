"""A kelurahan of 1,000 families, 264 of them followed: each chat hears what concerns them, once, in their language."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from salur.core.lists.kinds import State
from salur.wiring import Services
from tests.bot.running import RunningBot
from tests.botapi.server import BotApiServer
from tests.fixtures.corrections import Koreksi
from tests.fixtures.office import Announced, Office, Recipient, Reported
from tests.fixtures.services import Clock
from tests.journeys.telling import oracle
from tests.journeys.telling.oracle import Held
from tests.journeys.telling.town import Follower, begins, families, followers, has_begun

TALKING = 24  # of the followers begin as people do, the others without the talk
SCHEDULED = (1, 2, 3, 4)  # RW
OF_AN_RT = (2, 1)  # RW and RT that have a sitting of their own
FATES = {0: "paid", 1: "returned", 2: "failed"}
PAID_ON = dt.date(2026, 2, 19)
Expected = Callable[[int, str], str | None]  # of a family, in a language


class Trial:
    """The followers, what the oracle expects of each step, and the count of all that was ever sent."""

    def __init__(self, telegram: BotApiServer, everybody: list[Follower], settled: Callable[[], None]) -> None:
        self._telegram = telegram
        self._everybody = everybody
        self._settled = settled
        self.told = 0

    def hears(self, expected: Expected) -> None:
        """Every chat hears what is expected of its families, once, and nothing else; gives how many messages."""
        before = len(self._telegram.calls("sendMessage"))
        self._settled()
        total = 0
        for one in self._everybody:
            wanted = Counter(filter(None, (expected(family, one.language) for family in one.families)))
            assert Counter(one.listens()) == wanted
            total += wanted.total()
        assert len(self._telegram.calls("sendMessage")) >= before
        self.told += total


def held_by(family: Recipient) -> Held | None:
    """The sitting of a family: that of its RT where it has one, else that of its RW."""
    if (family.rw, family.rt) == OF_AN_RT:
        return Held(dt.date(2026, 3, 3), dt.time(13), dt.time(15, 30), "SDN Roda 2", "Jl. Roda No. 40")
    if family.rw not in SCHEDULED:
        return None
    rw = family.rw
    return Held(dt.date(2026, 2, 23 + rw), dt.time(6 + rw), dt.time(12), f"Aula RW {rw}", f"Jl. Roda No. {rw}")


def row(held: Held, rw: int, rt: int | None = None) -> Announced:
    """As a schedule says it."""
    return Announced(
        rw=rw, rt=rt, date=held.date, starts=held.starts, ends=held.ends, place=held.place, address=held.address,
        deadline=None,
    )  # fmt: skip


def some(people: list[Recipient], rw: int, rt: int = 2) -> Recipient:
    """A family of an RW."""
    return next(one for one in people if (one.rw, one.rt) == (rw, rt))


def test_every_follower_hears_exactly_what_concerns_them_once_and_in_their_language(
    services: Services,
    bot: RunningBot,
    telegram: BotApiServer,
    office: Office,
    koreksi: Koreksi,
    clock: Clock,
    all_is_told: Callable[[], None],
) -> None:
    people = families()
    office.publishes(*people)
    everybody = followers(telegram)
    talking = everybody[:: len(everybody) // TALKING]
    for one in everybody:
        (begins(one, people) if one in talking else has_begun(services, one, people))
        one.listens()
    bystanders = [Follower(telegram.private_chat(), "id", []) for _ in range(5)]
    for one in bystanders:
        one.chat.says(f"{people[0].nik} {people[0].name}")
        one.chat.expects_reply()
        one.listens()
    began = len(telegram.calls("sendMessage"))
    trial = Trial(telegram, everybody + bystanders, all_is_told)

    # A schedule of four RW, and of one RT in them.
    rows = [row(held_by(some(people, rw)), rw) for rw in SCHEDULED]  # type: ignore[arg-type]
    rows.append(row(held_by(some(people, *OF_AN_RT)), *OF_AN_RT))  # type: ignore[arg-type]
    office.announces(*rows)
    trial.hears(lambda family, language: None)  # it can still be taken back
    clock.passes(minutes=11)
    trial.hears(
        lambda family, language: (
            oracle.set_(people[family], held, language) if (held := held_by(people[family])) else None
        )
    )
    assert trial.told > 100

    # One sitting is moved: to another day, hour and place.
    clock.passes(hours=2)
    was = held_by(some(people, 3))
    assert was is not None
    new = replace(was, date=dt.date(2026, 2, 28), starts=dt.time(13, 30), ends=dt.time(16), place="Masjid Al-Hidayah")
    office.announces(row(new, 3))
    clock.passes(minutes=11)
    trial.hears(
        lambda family, language: oracle.moved(people[family], was, new, language) if people[family].rw == 3 else None
    )

    # PT Pos reports of two RW without a sitting.
    clock.passes(hours=2)
    fates = {n: FATES[n // 10 % 3] for n, one in enumerate(people) if one.rw in (8, 9) and n % 4}
    office.hears(
        *(Reported(nik=people[n].nik, name=people[n].name, status=fate, date=PAID_ON) for n, fate in fates.items())
    )
    clock.passes(minutes=11)
    trial.hears(
        lambda family, language: (
            oracle.noted(people[family], fates[family], PAID_ON, language) if family in fates else None
        )
    )

    # A list that drops 100 families and halves what others get, taken back after nine minutes.
    clock.passes(hours=2)
    wrong = [replace(one, amount=100_000 + n) for n, one in enumerate(people) if n % 10]
    newer = office.publishes(*wrong)
    clock.passes(minutes=9)
    trial.hears(lambda family, language: None)
    services.lists.undo(newer, "wrong file")
    clock.passes(hours=1)
    trial.hears(lambda family, language: None)

    # A koreksi takes one family off, whom two chats follow.
    clock.now = clock.now.replace(hour=2) + dt.timedelta(days=1)
    off = next(n for n in range(50) if people[n].rw == 6)
    koreksi.publishes(people[off], state=State.TAKEN_OFF, reason="moved")
    clock.passes(minutes=11)
    before = trial.told
    trial.hears(lambda family, language: oracle.taken_off(people[family], language) if family == off else None)
    assert trial.told - before == 2

    # Counted in and out.
    assert len(telegram.calls("sendMessage")) - began == trial.told
    assert all(request.status == 200 for request in telegram.calls("sendMessage"))
