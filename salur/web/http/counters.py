"""Where the site's request counts are kept without Redis.

The library's own memory storage starts a thread after nearly every request, to forget what has expired: that cost more
than everything else in the limiter. This one forgets once a minute, in passing.
"""

from __future__ import annotations

import threading
import time

from limits.storage import Storage

SWEEP = 60  # seconds


class Counters(Storage):
    """Counts in a dict, for fixed windows. One lock for all: nothing slow happens under it."""

    STORAGE_SCHEME = ["salur-memory"]

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, **options: str) -> None:
        super().__init__(uri, wrap_exceptions=wrap_exceptions, **options)
        self._counts: dict[str, tuple[int, float]] = {}  # key -> count, end of its window
        self._lock = threading.Lock()
        self._swept = time.time()

    @property
    def base_exceptions(self) -> type[Exception]:
        """What a failing store would raise; this one cannot fail."""
        return ValueError

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Count, in a new window of `expiry` seconds if the old one is over."""
        now = time.time()
        with self._lock:
            if now - self._swept > SWEEP:
                self._counts = {k: v for k, v in self._counts.items() if v[1] > now}
                self._swept = now
            count, ends = self._counts.get(key, (0, 0.0))
            if ends <= now:
                count, ends = 0, now + expiry
            self._counts[key] = (count + amount, ends)
            return count + amount

    def get(self, key: str) -> int:
        """How many in the present window."""
        count, ends = self._counts.get(key, (0, 0.0))
        return count if ends > time.time() else 0

    def get_expiry(self, key: str) -> float:
        """When the present window ends, in seconds since 1970."""
        return self._counts.get(key, (0, time.time()))[1]

    def check(self) -> bool:
        """It is always there."""
        return True

    def reset(self) -> int:
        """Forget all; gives how many."""
        with self._lock:
            forgotten, self._counts = len(self._counts), {}
        return forgotten

    def clear(self, key: str) -> None:
        """Forget one."""
        with self._lock:
            self._counts.pop(key, None)
