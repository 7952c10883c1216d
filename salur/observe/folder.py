"""The folder in which processes keep their counts: one file for each process and kind, named `counter_4711.db`.

What a dead process counted still counts: it is put together with that of all dead ones, so that neither the sum falls
nor the files become ever more. What it said of itself as it was (connections) goes with it.
"""

from __future__ import annotations

import fcntl
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from prometheus_client.mmap_dict import MmapedDict
from prometheus_client.multiprocess import mark_process_dead

GONE = "gone"  # in place of a process's number
ADDED: dict[str, Callable[[Iterable[float]], float]] = {"counter": sum, "histogram": sum, "gauge_max": max}


def begin_anew(folder: str) -> None:
    """Make it, and empty it if nobody counts there any more: figures of an older version do not stay for ever."""
    Path(folder).mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone(folder) as alone:
        if alone and not any(map(_lives, _processes(folder))):
            for path in Path(folder).glob("*.db"):
                path.unlink()


def tidy(folder: str) -> None:
    """Put together what dead processes left behind. Another that does so at the moment is left to it."""
    with _alone(folder) as alone:
        if not alone:
            return
        dead = [process for process in _processes(folder) if not _lives(process)]
        for process in dead:
            mark_process_dead(process, folder)
        if dead:
            for kind in ADDED:
                _put_together(Path(folder), kind, dead)


def _put_together(folder: Path, kind: str, dead: list[int]) -> None:
    """Add files of the dead to those of the dead before. One that is killed in between counts a file twice, or none."""
    old = [path for process in dead if (path := folder / f"{kind}_{process}.db").exists()]
    if not old:
        return
    before, new = folder / f"{kind}_{GONE}.db", folder / f"{kind}_{GONE}.new"
    values: dict[str, list[float]] = defaultdict(list)
    for path in (before, *old) if before.exists() else old:
        for key, value, _, _ in MmapedDict.read_all_values_from_file(str(path)):
            values[key].append(value)
    new.unlink(missing_ok=True)
    written = MmapedDict(str(new))
    for key, found in values.items():
        written.write_value(key, ADDED[kind](found), 0.0)
    written.close()
    new.replace(before)
    for path in old:
        path.unlink()


def _processes(folder: str) -> set[int]:
    """The numbers of those that have files there."""
    numbers = (path.stem.rpartition("_")[2] for path in Path(folder).glob("*.db"))
    return {int(number) for number in numbers if number.isdecimal()}


def _lives(process: int) -> bool:
    """Whether there is a process of that number; another that has it by now lets the files lie a while longer."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@contextmanager
def _alone(folder: str) -> Iterator[bool]:
    """Whether nobody else puts it in order meanwhile."""
    with (Path(folder) / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True
