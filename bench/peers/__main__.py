"""What a right answer and the first page cost the server's processor, held against peers on the same kind of server.

An empty Flask view, and an application that does the same work by the usual extensions (`same_work.py`), over the same
people, asked by the same client, each question from an address of its own. All servers run at the same time and are
asked in turns; of every figure the median of the rounds is shown, as a ratio. Salur answers a question in two requests,
`POST /cek` and `GET /jawaban`, so that *back* and a reload work: they are measured apart, and held against others' one.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from itertools import cycle
from pathlib import Path
from statistics import median

from cryptography.fernet import Fernet

from bench.city import City, Listed, settle
from bench.databases import instances
from bench.peers.tables import DATABASE, SEALING, fill
from bench.serving import Server, Visitor, serving

ROUNDS, REQUESTS = 7, 200
Turns = dict[str, list[float]]  # CPU seconds for each request, by what was asked


def main() -> None:
    """Measure on SQLite, and print."""
    for database, services in instances():
        with tempfile.TemporaryDirectory(prefix="salur-bench-") as folder, ExitStack() as servers:
            os.environ |= {DATABASE: str(Path(folder) / "peer.db"), SEALING: Fernet.generate_key().decode()}
            city = settle(services)
            _fill(city)
            kinds = ("wsgi:app", "bench.peers.empty:app", "bench.peers.same_work:app")
            salur, empty, same = (servers.enter_context(serving(app)) for app in kinds)
            _print(database, _measure(salur, empty, same, city))
        break


def _fill(city: City) -> None:
    from bench.peers.same_work import app

    fill(app, [*city.on_one, *city.on_five, *city.families])


def _measure(salur: Server, empty: Server, same: Server, city: City) -> Turns:
    people: Iterator[Listed] = cycle(city.on_one)
    visitors = {server: Visitor(server) for server in (salur, same)}
    stranger = Visitor(empty, form=False)
    turns: Turns = {}

    def turn(what: str, server: Server, ask: Callable[[], object]) -> None:
        before = server.cpu_seconds()
        for _ in range(REQUESTS):
            ask()
        turns.setdefault(what, []).append((server.cpu_seconds() - before) / REQUESTS)

    def asks(visitor: Visitor, status: int) -> str:
        person = next(people)
        answer = visitor.send(visitor.form("/cek", person.nik, person.name))
        assert answer.status == status, (answer.status, status)
        return answer.cookie

    def opens(visitor: Visitor, path: str, cookie: str = "") -> None:
        answer = visitor.send(visitor.page(path, cookie))
        assert answer.status == 200, (path, answer.status)

    for each in range(ROUNDS + 1):
        turn("empty POST", empty, lambda: asks(stranger, 200))
        turn("empty GET", empty, lambda: opens(stranger, "/"))
        cookies: list[str] = []
        turn("POST /cek", salur, lambda kept=cookies: kept.append(asks(visitors[salur], 303)))  # type: ignore[misc]
        ways = iter(cookies)
        turn("GET /jawaban", salur, lambda way=ways: opens(visitors[salur], "/jawaban", next(way)))  # type: ignore[misc]
        turn("GET /, first time", salur, lambda: opens(visitors[salur], "/"))
        turn("GET /, again", salur, lambda: opens(visitors[salur], "/", visitors[salur].cookie))
        turn("same work", same, lambda: asks(visitors[same], 200))
        if each == 0:  # what is compiled and learnt once
            turns.clear()
    return turns


def _print(database: str, turns: Turns) -> None:
    answer = [post + get for post, get in zip(turns["POST /cek"], turns["GET /jawaban"], strict=True)]
    rows = [
        ("POST /cek, right answer", turns["POST /cek"]),
        ("GET /jawaban, its page", turns["GET /jawaban"]),
        ("both", answer),
        ("GET /, first time", turns["GET /, first time"]),
        ("GET /, again", turns["GET /, again"]),
        ("the same work by the usual extensions", turns["same work"]),
    ]
    print(f"\nCPU of the server for a request, {database}, medians of {ROUNDS} rounds of {REQUESTS}")
    print(f"{'':40}{'µs':>8}{'empty views':>14}{'of the same work':>20}")
    for name, taken in rows:
        views = turns["empty GET"] if name.startswith("GET /,") else turns["empty POST"]
        print(
            f"{name:40}{median(taken) * 1e6:8,.0f}{_ratio(taken, views):14.1f}{_ratio(taken, turns['same work']):20.2f}"
        )
    print(f"{'an empty view: POST':40}{median(turns['empty POST']) * 1e6:8,.0f}{1:14.1f}")


def _ratio(one: Sequence[float], other: Sequence[float]) -> float:
    """Of what was measured in the same round: the machine has other work, now more, now less."""
    return median(a / b for a, b in zip(one, other, strict=True))


if __name__ == "__main__":
    main()
