"""Whether the whole site is being guessed at, from ever new addresses: many misses, and hardly anyone right.

Counted in the memory of each process: one row for all would make every question in the city wait for the one before.
"""

from __future__ import annotations

import logging
from threading import Lock

log = logging.getLogger(__name__)

SPAN = 600  # seconds
LEAST = 100  # misses in that time; fewer are nobody's attack
MISSES_A_RIGHT = 5  # on an ordinary day there are about as many right as wrong


class Strain:
    """Misses and right answers of the last ten to twenty minutes."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._begun, self._counted, self._before = 0, (0, 0), (0, 0)
        self._told = 0

    def count(self, now: int, *, right: bool) -> None:
        """Count an answer."""
        with self._lock:
            self._turn(now)
            misses, rights = self._counted
            self._counted = (misses + (not right), rights + right)

    def holds(self, now: int) -> bool:
        """Whether it is so now; when it begins, and each ten minutes on, the log is told."""
        with self._lock:
            self._turn(now)
            misses, rights = (sum(both) for both in zip(self._counted, self._before, strict=True))
            strained = misses >= LEAST and misses > MISSES_A_RIGHT * rights
            tell = strained and self._told != self._begun
            if tell:
                self._told = self._begun
        if tell:
            log.warning(
                "Numbers are being guessed: of late %d misses, %d right answers in this process", misses, rights
            )
        return strained

    def _turn(self, now: int) -> None:
        if now - self._begun >= SPAN:
            recent = now - self._begun < 2 * SPAN
            self._begun, self._counted, self._before = now, (0, 0), self._counted if recent else (0, 0)
