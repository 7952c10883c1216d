"""What `POST /cek` costs, held against an empty Flask view in the same server.

Requests per second and CPU of the server's processes (both workers; a PostgreSQL server's own is not in it) for a right
answer and for misses, in turns of two seconds; of every figure the median of the rounds.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from statistics import median
from threading import Thread

from bench.city import City, settle
from bench.databases import instances
from bench.serving import EMPTY, Server, Visitor, serving

ROUNDS, SECONDS, VISITORS = 5, 2.0, 4
NO_NAME = "ZAINAL QORI"
EMPTY_VIEW = "empty view"
Question = tuple[str, str, str]  # path, number, name


@dataclass(frozen=True, slots=True)
class Turn:
    """What came of one kind of question in one round."""

    per_second: float
    cpu: float  # seconds for each request


def main() -> None:
    """Measure on each database, and print."""
    for database, services in instances():
        kinds = _kinds(settle(services))
        with serving() as server:
            _check(server, kinds)
            _print(database, _measure(server, kinds))


def _kinds(city: City) -> dict[str, list[Question]]:
    return {
        EMPTY_VIEW: [(EMPTY, str(person.nik), person.name) for person in city.on_one],
        "right answer": [("/cek", str(person.nik), person.name) for person in city.on_one],
        "wrong name": [("/cek", str(person.nik), NO_NAME) for person in city.on_one],
        "unknown number": [("/cek", str(person.nik), person.name) for person in city.strangers],
    }


def _check(server: Server, kinds: dict[str, list[Question]]) -> None:
    """See that each is answered: by the way to its page, which is asked for after it."""
    visitor = Visitor(server)
    for kind, questions in kinds.items():
        status = visitor.send(visitor.form(*questions[0])).status
        assert status == (200 if kind == EMPTY_VIEW else 303), (kind, status)


def _measure(server: Server, kinds: dict[str, list[Question]]) -> dict[str, list[Turn]]:
    visitors = [Visitor(server) for _ in range(VISITORS)]
    # Everybody has his own share of the questions, and none is asked twice within a run.
    shares = {kind: [cycle(questions[i::VISITORS]) for i in range(VISITORS)] for kind, questions in kinds.items()}
    turns: dict[str, list[Turn]] = {kind: [] for kind in kinds}
    for _ in range(ROUNDS):
        for kind, share in shares.items():
            turns[kind].append(turn(server, visitors, share))
    return turns


def turn(server: Server, visitors: Sequence[Visitor], shares: Sequence[Iterator[Question]]) -> Turn:
    """Let all visitors ask for a while, one question after the other."""
    answered: list[int] = []
    threads = [
        Thread(target=lambda v=visitor, s=share: answered.append(_keep_asking(v, s)))
        for visitor, share in zip(visitors, shares, strict=True)
    ]
    cpu, began = server.cpu_seconds(), time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - began
    return Turn(sum(answered) / seconds, (server.cpu_seconds() - cpu) / sum(answered))


def _keep_asking(visitor: Visitor, questions: Iterator[Question]) -> int:
    answered, end = 0, time.perf_counter() + SECONDS
    while time.perf_counter() < end:
        status = visitor.send(visitor.form(*next(questions))).status
        assert status in (200, 303), status
        answered += 1
    return answered


def _print(database: str, turns: dict[str, list[Turn]]) -> None:
    print(f"\nPOST /cek against an empty view, {database}, {ROUNDS} rounds of {SECONDS:.0f} s")
    print(f"{'':16}{'requests/s':>12}{'CPU/request':>14}{'CPU, times the empty view':>28}")
    base = median(turn.cpu for turn in turns[EMPTY_VIEW])
    for kind, taken in turns.items():
        per_second, cpu = median(t.per_second for t in taken), median(t.cpu for t in taken)
        print(f"{kind:16}{per_second:12,.0f}{cpu * 1e6:11,.0f} µs{cpu / base:28.2f}", flush=True)


if __name__ == "__main__":
    main()
