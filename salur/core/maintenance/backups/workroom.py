"""A private folder to work in, which is gone afterwards; what a killed program left of one, is gone the next time."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREFIX = ".salur-work-"


@contextmanager
def workroom(folder: Path) -> Iterator[Path]:
    """A new folder in this one, mode 0700. While somebody works in it, it is locked."""
    for left in folder.glob(f"{PREFIX}*"):
        if (lock := _locked(left)) is not None:
            shutil.rmtree(left, ignore_errors=True)
            os.close(lock)
    room = Path(tempfile.mkdtemp(prefix=PREFIX, dir=folder))
    lock = _locked(room)
    try:
        yield room
    finally:
        shutil.rmtree(room, ignore_errors=True)
        if lock is not None:
            os.close(lock)


def _locked(folder: Path) -> int | None:
    """The open folder with a lock on it; nothing when somebody else works there, or it is somebody else's."""
    try:
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(opened)
        return None
    return opened


def settle(folder: Path) -> None:
    """Have the disk know which names a folder holds."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
