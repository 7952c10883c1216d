"""What Prometheus reads: the counts of all processes of this machine, and what the database tells of work and messages.

A program of its own (`python -m salur metrics`, which `serve` keeps running), because no process of the site hears of
the others, and because a site that is silent must not make its figures silent too.
"""

from __future__ import annotations

import struct
import threading
import time
from collections.abc import Iterable
from wsgiref.simple_server import WSGIServer

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from salur.core.errors import ConfigError, DatabaseAway
from salur.observe.folder import begin_anew, tidy
from salur.wiring import Services

FRESH = 5.0  # seconds for which what the database said is said again, whoever asks how often


class Processes(Collector):
    """The counts of all processes, living and dead."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        begin_anew(folder)
        self._files = MultiProcessCollector(None, folder)

    def collect(self) -> Iterable[Metric]:
        """Read their files. One reader at a time: what the dead left is put together meanwhile."""
        with self._lock:
            tidy(self._folder)
            try:
                return list(self._files.collect())
            except struct.error:  # a process was just making its file
                time.sleep(0.1)
                return list(self._files.collect())


class Waiting(Collector):
    """What the database tells, and how old the newest backup is."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._lock = threading.Lock()
        self._told: list[Metric] = []
        self._asked = float("-inf")

    def collect(self) -> Iterable[Metric]:
        """Ask, unless that was just done."""
        with self._lock:
            if time.monotonic() - self._asked >= FRESH:
                self._told = list(self._ask())
                self._asked = time.monotonic()
            return self._told

    def _ask(self) -> Iterable[Metric]:
        backup = self._services.vital.newest_backup()
        yield _gauge(
            "salur_backup_timestamp_seconds",
            "When the newest backup was made; 0 where there is none.",
            backup.timestamp() if backup is not None else 0,
        )
        try:
            vitals = self._services.vital.look()
        except DatabaseAway:
            yield _gauge("salur_database_up", "Whether the database answers.", 0)
            return
        yield _gauge("salur_database_up", "Whether the database answers.", 1)
        jobs = GaugeMetricFamily("salur_jobs", "Pieces of work for `work`, by state.", labels=["state"])
        states = {"waiting": vitals.queue.waiting, "running": vitals.queue.running}
        for state, number in {**states, "put_off": vitals.put_off, "failed": vitals.failed}.items():
            jobs.add_metric([state], number)
        yield jobs
        for name, meaning, value in (
            ("salur_jobs_oldest_waiting_seconds", "How long the oldest job has waited.", vitals.queue.oldest_waits),
            ("salur_jobs_longest_running_seconds", "How long a job has been running.", vitals.longest_runs),
            ("salur_followers_waiting", "Followers whose answers are to be looked at now.", vitals.followers),
            ("salur_followers_overdue_seconds", "How long the first has been due.", vitals.follower_overdue),
        ):
            yield _gauge(name, meaning, value)
        for name, meaning, of in (
            ("salur_notices_waiting", "Messages that are to be sent.", lambda one: one.waiting),
            ("salur_notices_overdue_seconds", "How long the oldest has been due.", lambda one: one.overdue),
            (
                "salur_notices_given_up",
                "Messages that failed too often, as long as they are kept.",
                lambda one: one.given_up,
            ),
        ):
            messages = GaugeMetricFamily(name, meaning, labels=["channel"])
            for channel, told in vitals.messages.items():
                messages.add_metric([channel], of(told))
            yield messages


def _gauge(name: str, meaning: str, value: float) -> Metric:
    return GaugeMetricFamily(name, meaning, value)


def serve(services: Services) -> WSGIServer:
    """Answer Prometheus from now on, in a thread; gives the server, which ends by `shutdown`.

    Raises: ConfigError, OSError.
    """
    if services.settings.metrics_listen is None:
        raise ConfigError("SALUR_METRICS_PORT", "is missing: without it no figures are kept")
    address, port = services.settings.metrics_listen
    registry = CollectorRegistry()
    registry.register(Processes(services.settings.metrics_folder))
    registry.register(Waiting(services))
    server, _ = start_http_server(port, address, registry)
    return server
