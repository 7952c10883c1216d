"""Whether time tells what an answer does not: that a number is known, a code or ticket in use, a proposal open.

In turns, in an order drawn anew each time: each kind with something that is there and with something that is not, by
names that are wrong. Each number is asked six times, nearly as often as anybody can before it is closed. Half of the
numbers find the best threshold, the other half say how often it is right: of one try, and of the fastest of six. 50 %
is chance, at most 53 % is aimed at. At the core also by the time of the processor.
"""

from __future__ import annotations

import os
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from math import sqrt
from statistics import median

from sqlalchemy import text

from bench.city import MEMBERS, City, publish, settle
from bench.databases import instances
from bench.serving import Visitor, serving
from salur.core.limits.asker import Asker
from salur.core.people.nik import Nik, recognise
from salur.core.people.ticket_codes import TicketCode
from salur.core.proposals.draft import Draft
from salur.core.proposals.kinds import Kind
from salur.core.regions.territory import Territory
from salur.wiring import Services

NUMBERS = int(os.environ.get("SALUR_BENCH_NUMBERS", "1_200"))  # of each kind
TRIES = 6
CROWD = 50  # rows of a KK number that was copied down
COPIED = 300  # of such numbers
SENDINGS = 400
HOME = Territory("32.71.05.1002", 1, 1)
Ask = Callable[[str, str], None]  # number, name
Times = dict[str, list[list[float]]]  # by kind, for each number its tries
_chats = count(1)


@dataclass(frozen=True, slots=True)
class Kinds:
    """What is asked for, by kind; and which kinds are compared: what is there with what is not."""

    asked: Mapping[str, Sequence[str]]
    pairs: Sequence[tuple[str, str]]


def main() -> None:
    """Measure on each database, at the core and over HTTP."""
    for database, services in instances():
        city = settle(services)
        kinds = _kinds(services, city)
        print(f"\nA miss on {database}: {NUMBERS:,} numbers of each kind, {TRIES} tries each")
        wall, processor = _measure(_at_the_core(services), kinds, city, services)
        _print("at the core", wall, kinds.pairs)
        _print("at the core, time of the processor", processor, kinds.pairs)
        _print("a sending, at the core", _sendings(services, city), [("open proposal", "none")])
        with serving() as server:
            visitor = Visitor(server)
            _print("over HTTP", _measure(_over_http(visitor), kinds, city, services)[0], kinds.pairs)


def _kinds(services: Services, city: City) -> Kinds:
    """Add letters, tickets and copied KK numbers to the city."""
    lettered = [replace(p, letter_code=f"16100-{n:06}", rt=20) for n, p in enumerate(city.on_one[-NUMBERS:])]
    publish(services, lettered, "BLTS-KESRA", "2026-T1")
    homes = {person.kk for person in (*city.on_one, *city.on_five, *city.families)}
    # A household has one number, also where some of it are listed and others are not.
    free = list(dict.fromkeys(person.kk for person in city.strangers if person.kk not in homes))
    payees = city.on_one[2 * NUMBERS :]
    column = [replace(payees[n % len(payees)], kk=free[n // CROWD], rt=21) for n in range(COPIED * CROWD)]
    publish(services, column, "BLTS-KESRA", "2026-T2")
    tickets = [_sent(services, person.name, person.nik) for person in city.on_one[:NUMBERS]]
    known = city.on_one
    asked = {
        "NIK on one list": _numbers(p.nik for p in known),
        "NIK on five lists": _numbers(p.nik for p in city.on_five),
        "unknown NIK": _numbers(p.nik for p in city.strangers),
        "KK on one list": _numbers(p.kk for p in known[NUMBERS:]),
        f"KK of {MEMBERS} listed": _numbers(p.kk for p in city.families),
        "KK copied down": free[:COPIED],
        "unknown KK": free[COPIED : COPIED + NUMBERS],
        "letter in use": [f"16100-{n:06}" for n in range(NUMBERS)],
        "letter not in use": [f"16100-{n:06}" for n in range(500_000, 500_000 + NUMBERS)],
        "ticket in use": tickets,
        "ticket not in use": [TicketCode.new().grouped for _ in range(NUMBERS)],
    }
    pairs = [(kind, f"unknown {kind[:3].strip()}") for kind in asked if kind[:3] in ("NIK", "KK ")]
    pairs += [("letter in use", "letter not in use"), ("ticket in use", "ticket not in use")]
    return Kinds(asked, pairs)


def _numbers(numbers: Iterable[str]) -> list[str]:
    """As many as are asked, each once: a household has one."""
    return list(dict.fromkeys(numbers))[:NUMBERS]


def _sent(services: Services, name: str, nik: str) -> str:
    """Somebody is proposed; gives the code of the ticket."""
    draft = Draft(Kind.USULAN, HOME, "income_lost", number=Nik(nik), name=name, whom="neighbour")
    return services.proposals.send(draft, asker=Asker.chat(next(_chats))).code.grouped


def _sendings(services: Services, city: City) -> Times:
    """Sendings under wrong names, for people for whom a proposal is open, and for others."""
    taken: Times = defaultdict(list)
    kinds = [("open proposal", city.on_one[:SENDINGS]), ("none", city.strangers[-SENDINGS:])]
    for turn in range(SENDINGS):
        for kind, people in random.sample(kinds, len(kinds)):
            began = time.perf_counter()
            _sent(services, f"ZAINAL {city.on_five[turn].name}", people[turn].nik)
            taken[kind].append([time.perf_counter() - began])
    return taken


def _at_the_core(services: Services) -> Ask:
    def ask(number: str, name: str) -> None:
        services.asking.ask(recognise(number), name, asker=Asker.chat(next(_chats)))

    return ask


def _over_http(visitor: Visitor) -> Ask:
    def ask(number: str, name: str) -> None:
        status = visitor.send(visitor.form("/cek", number, name)).status
        assert status in (303, 422), status  # a ticket that is not opened gives the form back

    return ask


def _measure(ask: Ask, kinds: Kinds, city: City, services: Services) -> tuple[Times, Times]:
    """Time and processor time of each number's tries."""
    wall: Times = {kind: [[] for _ in numbers] for kind, numbers in kinds.asked.items()}
    processor: Times = {kind: [[] for _ in numbers] for kind, numbers in kinds.asked.items()}
    for each in range(NUMBERS):
        with services.database.writing() as connection:
            connection.execute(text("DELETE FROM attempt"))
        for try_ in range(TRIES):
            # The same typed names for all kinds.
            name = f"ZAINAL {city.on_five[(each + try_ * 7) % len(city.on_five)].name}"
            for kind, numbers in random.sample(list(kinds.asked.items()), len(kinds.asked)):
                if each >= len(numbers):
                    continue
                began, began_working = time.perf_counter_ns(), time.thread_time_ns()
                ask(numbers[each], name)
                worked, took = time.thread_time_ns() - began_working, time.perf_counter_ns() - began
                wall[kind][each].append(took / 1e9)
                processor[kind][each].append(worked / 1e9)
    return wall, processor


def _print(where: str, taken: Times, pairs: Iterable[tuple[str, str]]) -> None:
    print(f"\n{where}")
    print(f"{'':20}{'median':>12}{'against':>22}{'one try':>12}{'fastest of its tries':>24}{'±':>6}")
    for there, not_there in pairs:
        one = _accuracy(_each(taken[there]), _each(taken[not_there]))
        several = _accuracy([[min(tries)] for tries in taken[there]], [[min(tries)] for tries in taken[not_there]])
        typical = median(t for tries in taken[there] for t in tries)
        off = 0.5 / sqrt(min(len(taken[there]), len(taken[not_there])))
        print(f"{there:20}{typical * 1e6:9,.0f} µs{not_there:>22}{one:12.1%}{several:24.1%}{off:6.1%}", flush=True)


def _each(taken: Sequence[Sequence[float]]) -> list[list[float]]:
    return [list(tries) for tries in taken]


def _accuracy(one: list[list[float]], other: list[list[float]]) -> float:
    """How often the best threshold of half of the numbers is right about the other half, both taken in turns."""
    size = min(len(one), len(other))
    one, other = one[:size], other[:size]  # those of the same time: the machine has other work, now more, now less
    found = []
    for learn, judge in ((slice(0, None, 2), slice(1, None, 2)), (slice(1, None, 2), slice(0, None, 2))):
        threshold, below = _best_threshold(_flat(one[learn]), _flat(other[learn]))
        first, second = _flat(one[judge]), _flat(other[judge])
        right = sum((t <= threshold) == below for t in first) / len(first)
        right += sum((t <= threshold) != below for t in second) / len(second)
        found.append(right / 2)
    return sum(found) / len(found)


def _flat(taken: Iterable[Iterable[float]]) -> list[float]:
    return [t for tries in taken for t in tries]


def _best_threshold(one: Sequence[float], other: Sequence[float]) -> tuple[float, bool]:
    """The threshold, and whether the first kind lies below it."""
    ordered = sorted([(t, True) for t in one] + [(t, False) for t in other])
    best, found, of_one, of_other = 0.0, (ordered[0][0], True), 0, 0
    for t, is_one in ordered:
        of_one, of_other = of_one + is_one, of_other + (not is_one)
        apart = of_one / len(one) - of_other / len(other)
        if abs(apart) > best:
            best, found = abs(apart), (t, apart > 0)
    return found


if __name__ == "__main__":
    main()
