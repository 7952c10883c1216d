"""Whether the time of a miss tells a known number from an unknown one.

In turns: unknown NIKs and KK numbers, and wrong names for a NIK on one list, on five lists, and for the KK number of a
large family; at the core and over HTTP. Prints how far the median of each is from that of the unknown number of its
kind: it should be under 5 %.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from itertools import count
from statistics import median

from bench.city import MEMBERS, City, settle
from bench.databases import instances
from bench.serving import Visitor, serving
from salur.core.answers import NotOnTheList
from salur.core.attempts import Asker
from salur.core.nik import recognise
from salur.wiring import Services

EACH = 2_000
UNKNOWN = {"NIK": "unknown NIK", "KK": "unknown KK number"}
Ask = Callable[[str, str], None]  # number, name


def main() -> None:
    """Measure on each database, at the core and over HTTP."""
    for database, services in instances():
        city = settle(services)
        _print(f"{database}, at the core", _measure(_at_the_core(services), city))
        with serving() as server:
            visitor = Visitor(server)
            _print(f"{database}, over HTTP", _measure(_over_http(visitor), city))


def _at_the_core(services: Services) -> Ask:
    chats = count(1)

    def ask(number: str, name: str) -> None:
        answer = services.lookup.ask(recognise(number), name, asker=Asker.chat(next(chats)))
        assert isinstance(answer, NotOnTheList)

    return ask


def _over_http(visitor: Visitor) -> Ask:
    def ask(number: str, name: str) -> None:
        status, _ = visitor.send(visitor.form("/cek", number, name))
        assert status == 200, status

    return ask


def _measure(ask: Ask, city: City) -> dict[str, list[float]]:
    strangers, known = city.strangers, city.on_one
    numbers: dict[str, Sequence[str]] = {
        UNKNOWN["NIK"]: [person.nik for person in strangers[:EACH]],
        "NIK on one list": [person.nik for person in known[:EACH]],
        "NIK on five lists": [person.nik for person in city.on_five],
        UNKNOWN["KK"]: [person.kk for person in strangers[EACH : 2 * EACH]],
        "KK on one list": [person.kk for person in known[EACH : 2 * EACH]],
        f"KK of {MEMBERS} listed": [person.kk for person in city.families],
    }
    taken: dict[str, list[float]] = {kind: [] for kind in numbers}
    for turn in range(EACH):
        for kind, asked in numbers.items():
            # The same typed names for all kinds.
            name = f"ZAINAL {known[turn].name}"
            began = time.perf_counter()
            ask(asked[turn % len(asked)], name)
            taken[kind].append(time.perf_counter() - began)
    return taken


def _print(where: str, taken: dict[str, list[float]]) -> None:
    print(f"\nA miss, {where}, {EACH:,} of each in turns")
    print(f"{'':20}{'median':>12}{'from unknown':>14}")
    for kind, seconds in taken.items():
        base = median(taken[UNKNOWN[kind.removeprefix("unknown ").split()[0]]])
        difference = "" if kind in UNKNOWN.values() else f"{median(seconds) / base - 1:+14.1%}"
        print(f"{kind:20}{median(seconds) * 1e6:9,.0f} µs{difference}", flush=True)


if __name__ == "__main__":
    main()
