"""What figures and JSON lines cost: the same right answers from two servers in turns, one that is watched and one not.

Two servers run side by side on the same database, and each turn is asked of one and then of the other, so that what
else the machine does meets both. Of the pairs the median of the ratios, which a busy machine hardly moves.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from itertools import cycle
from pathlib import Path
from statistics import median, quantiles

from bench.asking import VISITORS, Turn, turn
from bench.city import settle
from bench.databases import instances
from bench.serving import Server, Visitor, serving
from salur.wiring import Services

PAIRS = 20
WAYS = {
    "figures": {"SALUR_METRICS_PORT": "9464"},
    "and JSON lines": {"SALUR_METRICS_PORT": "9464", "SALUR_LOGS": "json"},
}


def main() -> None:
    """Measure on SQLite, and print: neither goes near the database."""
    with closing(instances()) as each:
        _measure(*next(each))


def _measure(database: str, services: Services) -> None:
    questions = [("/cek", str(person.nik), person.name) for person in settle(services).on_one]
    share = [cycle(questions[i::VISITORS]) for i in range(VISITORS)]
    print(f"\nPOST /cek, watched against unwatched, {database}, {PAIRS} pairs of turns")
    for way, settings in WAYS.items():
        with ExitStack() as stack:
            plain = stack.enter_context(_with({}))
            watched = stack.enter_context(_with(settings))
            visitors = {server: [Visitor(server) for _ in range(VISITORS)] for server in (plain, watched)}
            pairs: list[tuple[Turn, Turn]] = []
            for n in range(PAIRS + 1):
                order = (plain, watched) if n % 2 else (watched, plain)
                taken = {server: turn(server, visitors[server], share) for server in order}
                pairs.append((taken[plain], taken[watched]))
        ratios = [after.cpu / before.cpu for before, after in pairs[1:]]  # the first pair warms up
        low, _, high = quantiles(ratios, n=4)  # half of them lie between
        before, after = (median(pair[i].cpu for pair in pairs[1:]) for i in (0, 1))
        print(
            f"{way:14}{before * 1e6:9,.0f} µs{after * 1e6:9,.0f} µs times {median(ratios):.3f} ({low:.3f}–{high:.3f})",
            flush=True,
        )


@contextmanager
def _with(settings: dict[str, str]) -> Iterator[Server]:
    before = dict(os.environ)
    with tempfile.TemporaryDirectory(prefix="salur-bench-") as folder:
        os.environ.update(settings | {"SALUR_METRICS_FOLDER": str(Path(folder) / "metrics")})
        try:
            with (Path(folder) / "lines").open("wb") as lines, serving(stderr=lines) as server:
                yield server
        finally:
            os.environ.clear()
            os.environ.update(before)


if __name__ == "__main__":
    main()
