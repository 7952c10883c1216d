"""Counting in this process: `begin` says that it counts, where a port for figures is set, and gives what counts.

Each process writes its counts into files of its own that lie in memory (mmap), so one that is killed loses none, and
the exporter (`exporter.py`) reads the files of all. The library decides when it is imported whether it works so: that
is why nothing outside of `begin` imports `figures.py`.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from salur.core import happenings
from salur.core.happenings import Part

if TYPE_CHECKING:
    from salur.config import Settings
    from salur.observe.figures import Counts

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"  # by which the library is told its folder
# Bytes: what the library begins with; of requests, which are many, enough for some 350 pages and statuses.
ROOM = {"counter": 1 << 16, "gauge_max": 1 << 16, "gauge_livesum": 1 << 16, "histogram": 1 << 20}
SAMPLES_EVERY = 5.0  # seconds
Look = Callable[[], tuple[int, int, bool]]  # connections in use, and at most; whether the database is silent

log = logging.getLogger("salur.observe")
_lock = threading.Lock()
_counts: list[Counts] = []  # of this process, once it counts


def begin(settings: Settings, part: Part, connections: Look | None = None) -> Counts | None:
    """Count from now on, if figures are wanted; gives what counts, the same when called again.

    `part` is what this process is of; `connections` says how its pool stands (`salur.core.storage.database`), and is
    asked every few seconds.
    """
    if settings.metrics_listen is None:
        return None
    with _lock:
        if not _counts:
            if not _makes_room(Path(settings.metrics_folder)):
                return None
            if "prometheus_client" in sys.modules and VARIABLE not in os.environ:
                raise RuntimeError("prometheus_client was imported before it knew where to count")
            os.environ[VARIABLE] = settings.metrics_folder
            from salur.observe.figures import Counts

            _counts.append(Counts())
            happenings.watch(_counts[0])
            if connections is not None:
                _sample(_counts[0], part, connections)
    return _counts[0]


def _makes_room(folder: Path) -> bool:
    """Take the room on the disk now; False where there is none. A disk that is full later would end the process by a
    signal in the middle of a count: what is written goes through memory, where nobody can say no.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for kind, size in ROOM.items():
            with (folder / f"{kind}_{os.getpid()}.db").open("ab") as file:
                os.posix_fallocate(file.fileno(), 0, size)
    except OSError as error:
        log.error("no figures are kept in this process: %s", error.strerror)
        return False
    return True


def _sample(counts: Counts, part: Part, look: Look) -> None:
    """Look at the connections again and again: to count each that is taken and given back would cost every page.

    The site, which has nothing else that it does again and again, says by it that it is there.
    """

    def go_on() -> None:
        while True:
            counts.connections(*look())
            if part is Part.SITE:
                counts.looked(part)
            over.wait(SAMPLES_EVERY)

    over = threading.Event()
    threading.Thread(target=go_on, name="salur-figures", daemon=True).start()
