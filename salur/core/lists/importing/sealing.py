"""People become rows in a second process, which looks up and seals some while the first one writes those before them.

What the second one has made and the first not yet written it remembers, so that nobody is written twice. It opens a
connection of its own and reads the keys from their file; it ends when the first one does, however that ends.
"""

from __future__ import annotations

import gc
import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import NamedTuple

from salur.core.lists.importing.scattering import Bucket, in_order
from salur.core.lists.importing.writer import Key, PeopleWriter, SharedCodes, Values
from salur.core.storage.database import Database
from salur.core.storage.vault import Vault

MANY = 100_000  # people for whom it is worth to start a process
AHEAD = 2  # buckets that are sealed and not written yet


class Sealed(NamedTuple):
    """Rows of `person` and `entitlement` for so many people."""

    size: int
    people: Sequence[Values]
    entitlements: Sequence[Values]


@dataclass(frozen=True, slots=True)
class Task:
    """All that the second process is told at its beginning."""

    database_url: str
    keys_file: str
    list_id: int
    shared: SharedCodes
    at_once: int  # people that are written in one transaction, about


class _Second:
    """What lives in the second process."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._database, self._vault = Database(task.database_url), Vault.from_file(task.keys_file)
        self._recent: deque[dict[Key, int]] = deque(maxlen=AHEAD)

    def rows(self, bucket: Bucket) -> list[Sealed]:
        """The rows of a bucket, in portions of about the same size."""
        people = list(in_order(bucket))
        # By chance a bucket may be empty.
        size = max(1, -(-len(people) // max(1, round(len(people) / self._task.at_once))))
        with self._database.reading() as connection:
            writer = PeopleWriter(connection, self._vault, self._task.list_id, self._task.shared, self._recent)
            portions = (people[start : start + size] for start in range(0, len(people), size))
            found = [Sealed(len(portion), *writer.rows(portion)) for portion in portions]
        self._recent.append(writer.new)
        return found


def sealed_apart(task: Task, buckets: Iterable[Bucket]) -> Iterator[Sealed]:
    """Give the rows of all, in order; what was taken before is to be written before the next is asked for."""
    with ProcessPoolExecutor(1, get_context("spawn"), _begin, (task,)) as second:
        waiting: deque[Future[list[Sealed]]] = deque()
        for bucket in buckets:
            waiting.append(second.submit(_rows, bucket))
            if len(waiting) > AHEAD:
                yield from waiting.popleft().result()
        for future in waiting:
            yield from future.result()


_second: _Second


def _begin(task: Task) -> None:
    global _second  # noqa: PLW0603 - a process has one
    Thread(target=_end_with_parent, daemon=True).start()
    gc.disable()  # nothing here is in a circle, and looking for circles among the rows takes a fifth of the time
    _second = _Second(task)


def _end_with_parent() -> None:
    if (parent := parent_process()) is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGKILL)


def _rows(bucket: Bucket) -> list[Sealed]:
    return _second.rows(bucket)
