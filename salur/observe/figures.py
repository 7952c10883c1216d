"""The figures that each process counts. Names, labels and their values are fixed: nothing of anybody, and few of them.

Import it through `counting.begin` alone.
"""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

from salur.core.errors import RanOut
from salur.core.happenings import At, Given, Part

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
OTHER = "other"  # method that no page has, or address that there is not: anybody can think up more of them

REQUESTS = Histogram(
    "salur_http_request_seconds",
    "Requests to the site, by page, method and class of status.",
    ["endpoint", "method", "status"],
    buckets=BUCKETS,
)
ANSWERS = Counter("salur_answers", "Look-ups that were answered, by door and kind of answer.", ["door", "kind"])
REFUSED = Counter("salur_tries_refused", "Tries that a limit refused, by limit.", ["limit"])
LOOKED = Gauge(
    "salur_last_look_timestamp_seconds",
    "When site, work and bot last said that they are at work.",
    ["part"],
    multiprocess_mode="max",
)
IN_USE = Gauge("salur_database_connections_in_use", "Connections that pages hold now.", multiprocess_mode="livesum")
MOST = Gauge("salur_database_connections_most", "Connections that they may hold.", multiprocess_mode="livesum")
SILENT = Gauge(
    "salur_database_silent_processes",
    "Processes that the database does not answer, and which refuse pages until it does.",
    multiprocess_mode="livesum",
)


class Counts:
    """Counts in this process: what the core tells (`happenings.Watcher`), and the requests to the site."""

    def __init__(self) -> None:
        # To look a series up by its labels takes longer than to count.
        self._requests: dict[tuple[str | None, str, int], Histogram] = {}
        self._refused = {limit: REFUSED.labels(limit) for limit in RanOut}
        self._answers = {(at, given): ANSWERS.labels(at, given) for at in At for given in Given}

    def served(self, endpoint: str | None, method: str, status: int, seconds: float) -> None:
        """A request got its answer."""
        method = method if method in METHODS else OTHER
        key = endpoint, method, status // 100
        series = self._requests.get(key)
        if series is None:
            series = self._requests[key] = REQUESTS.labels(endpoint or OTHER, method, f"{status // 100}xx")
        series.observe(seconds)

    def answered(self, at: At, given: Given) -> None:
        """A look-up was answered."""
        self._answers[at, given].inc()

    def refused(self, limit: RanOut) -> None:
        """A try was refused."""
        self._refused[limit].inc()

    def looked(self, part: Part) -> None:
        """A part looked for work."""
        LOOKED.labels(part).set_to_current_time()

    def connections(self, in_use: int, most: int, silent: bool) -> None:
        """How the pool of this process stands."""
        IN_USE.set(in_use)
        MOST.set(most)
        SILENT.set(silent)
