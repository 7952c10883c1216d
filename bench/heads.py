"""200 heads at work at once, each on a list of 300 families: what a page of the list takes on the server.

Each head signs in, then opens lists, turns pages, filters and searches, and thinks in between (exponentially, THINKING
seconds in the mean). Two times are told of every page: in the application (measured around the WSGI call) and as the
head sees it (from the last byte sent to the last byte received, waiting for a free worker included; the client runs on
the same cores). Then one head alone, against an empty Flask view in the same server. Target: p95 under 200 ms.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import defaultdict
from dataclasses import dataclass, field
from statistics import median, quantiles
from urllib.parse import urlencode

from bench.databases import instances
from bench.neighbourhoods import PASSWORD, settle
from bench.serving import EMPTY, LENGTH, TOKEN, Server, serving

SECONDS, THINKING = 30.0, 5.0
ALONE = 100  # requests of one head alone
SIGNING_IN = 4  # at once
TARGET = 0.200
# What heads do, as (share, what it is called, method, address, fields).
WORK: tuple[tuple[int, str, str, str, dict[str, str]], ...] = (
    (50, "list", "GET", "/wilayah", {}),
    (15, "next page", "GET", "/wilayah?hal=2", {}),
    (20, "not collected", "GET", "/wilayah?keadaan=belum&program=PKH", {}),
    (15, "search", "POST", "/wilayah", {"nama": "siti"}),
)


@dataclass(slots=True)
class Times:
    """Seconds of each kind of page."""

    inside: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    seen: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))


class Head:
    """A browser in which a head is signed in: one connection that stays open."""

    def __init__(self, server: Server, number: int, username: str) -> None:
        self._server, self._username, self._number = server, username, number
        self._cookie, self._token = "", ""

    async def signs_in(self) -> float:
        """Through the front door, as everybody does; gives how long the first list took, in milliseconds."""
        await self._connects()
        await self.sends("GET", "/masuk")
        fields = {"username": self._username, "password": PASSWORD}
        status, *_ = await self.sends("POST", "/masuk", fields)
        assert status == 303, status
        status, _, seen = await self.sends("GET", "/wilayah")
        assert status == 200, status
        return 1000 * seen

    async def _connects(self) -> None:
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._server.port, limit=1 << 20)

    async def sends(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, float, float]:
        """Send a request and wait for its answer: status, seconds in the application, seconds seen from here."""
        body = urlencode({"csrf_token": self._token, **(fields or {})}) if method == "POST" else ""
        address = ".".join(map(str, (100, 64, *divmod(self._number, 256))))
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self._server.port}\r\nCookie: {self._cookie}\r\n"
            f"X-Forwarded-For: {address}\r\nSec-Fetch-Site: same-origin\r\nAccept-Encoding: identity\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        if self._reader.at_eof():  # the server closes connections that were silent for long; browsers open another
            await self._connects()
        self._writer.write((head + body).encode())
        began = time.perf_counter()
        headers = await self._reader.readuntil(b"\r\n\r\n")
        length = LENGTH.search(headers)
        page = await self._reader.readexactly(int(length[1])) if length else b""
        seen = time.perf_counter() - began
        told = headers.decode("latin-1")
        for line in told.splitlines():
            name, _, value = line.partition(": ")
            if name.lower() == "set-cookie" and value.startswith("salur="):
                self._cookie = value.partition(";")[0]
        if found := TOKEN.search(page.decode("utf-8", "replace")):
            self._token = found[1]
        inside = told.lower().partition("server-timing: app;dur=")[2].partition("\r\n")[0]
        return int(told[9:12]), float(inside or 0) / 1000, seen

    async def works(self, until: float, times: Times, rng: random.Random) -> None:
        """Do one thing after the other, with thought in between."""
        await asyncio.sleep(rng.uniform(0, THINKING))
        while time.perf_counter() < until:
            ((_, what, method, path, fields),) = rng.choices(WORK, [work[0] for work in WORK])
            status, inside, seen = await self.sends(method, path, fields)
            assert status == 200, (what, status)
            times.inside[what].append(inside)
            times.seen[what].append(seen)
            await asyncio.sleep(rng.expovariate(1 / THINKING))


def main() -> None:
    """Measure on each database, and print."""
    for database, services in instances():
        usernames = settle(services)
        with serving() as server:
            asyncio.run(_measure(database, server, usernames))


async def _measure(database: str, server: Server, usernames: list[str]) -> None:
    heads = [Head(server, number, username) for number, username in enumerate(usernames)]
    doors = asyncio.Semaphore(SIGNING_IN)

    async def enter(head: Head) -> None:
        async with doors:
            await head.signs_in()

    await asyncio.gather(*(enter(head) for head in heads))
    times = Times()
    until = time.perf_counter() + SECONDS
    cpu = server.cpu_seconds()
    await asyncio.gather(*(head.works(until, times, random.Random(i)) for i, head in enumerate(heads)))
    cpu = server.cpu_seconds() - cpu
    alone = [(await heads[0].sends("GET", "/wilayah"))[2] for _ in range(ALONE)]
    empty = [(await heads[0].sends("POST", EMPTY))[2] for _ in range(ALONE)]
    _print(database, times, cpu, median(alone), median(empty))


def _print(database: str, times: Times, cpu: float, alone: float, empty: float) -> None:
    count = sum(map(len, times.seen.values()))
    load = f"{SECONDS:.0f} s, thinking {THINKING:.0f} s: {count / SECONDS:.0f} pages/s"
    print(f"\n200 heads x 300 families, {database}, {load}")
    print(f"{'':16}{'pages':>7}{'in the application, ms':>30}{'as the head sees it, ms':>30}")
    print(f"{'':23}{'p50':>10}{'p95':>10}{'p99':>10}{'p50':>10}{'p95':>10}{'p99':>10}")
    for what in [work[1] for work in WORK]:
        figures = "".join(
            f"{1000 * seconds:10.1f}" for kind in (times.inside, times.seen) for seconds in _cuts(kind[what])
        )
        print(f"{what:16}{len(times.seen[what]):7}{figures}")
    worst = _cuts(times.seen["list"])[1]
    print(f"list, p95 as seen: {1000 * worst:.0f} ms, {'within' if worst < TARGET else 'OVER'} {1000 * TARGET:.0f} ms")
    times_empty = f"one head alone: {alone / empty:.1f} times an empty view"
    print(f"CPU of the server: {1000 * cpu / count:.1f} ms a page; {times_empty}", flush=True)


def _cuts(seconds: list[float]) -> tuple[float, float, float]:
    """The median, the 95th and the 99th percentile."""
    cut = quantiles(seconds, n=100)
    return cut[49], cut[94], cut[98]


if __name__ == "__main__":
    main()
