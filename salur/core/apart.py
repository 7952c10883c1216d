"""Files of strangers are read in a process of their own, with limits on time and memory, and without any secret.

What a library does wrong over a hostile file, it does there: the process gets the file by its input, gives back bytes
or the code of a refusal, and is gone. It writes no files, leaves no core dump, and lets those go first who wait for a
page.
"""

from __future__ import annotations

import logging
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
REFUSED, BROKEN = 3, 4  # exit codes
POLITE = 10  # how far behind the pages it steps


class Unfit(Exception):
    """What was found about a file. `code` is one of its reader's own; `damaged` when the reader broke over it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one file may cost."""

    seconds: int  # of work; and of waiting, however little work is done
    memory: int  # bytes of address space, the interpreter's included


def read_apart(module: str, content: bytes, bounds: Bounds) -> bytes:
    """Let a module (which calls `serve`) read a file, and give what it gives. Raises Unfit."""
    search = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    try:
        done = subprocess.run(  # noqa: S603  # our own module; the file goes in by its input, no shell
            [sys.executable, "-m", module],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=bounds.seconds,
            check=False,
            env={"PATH": os.environ.get("PATH", ""), "PYTHONPATH": search},
        )
    except subprocess.TimeoutExpired:
        raise Unfit("damaged") from None
    if done.returncode == REFUSED:
        raise Unfit(done.stdout.decode("ascii", "replace"))
    if done.returncode != 0:
        raise Unfit("damaged")
    return done.stdout


def serve(read: Callable[[bytes], bytes], bounds: Bounds) -> int:
    """What the process does: bind itself, read, answer. Gives its exit code."""
    limits = {
        resource.RLIMIT_AS: bounds.memory,
        resource.RLIMIT_CPU: bounds.seconds,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for limit, most in limits.items():
        resource.setrlimit(limit, (most, most))
    os.nice(POLITE)
    logging.disable()
    try:
        answer, code = read(sys.stdin.buffer.read()), 0
    except Unfit as unfit:
        answer, code = unfit.code.encode("ascii"), REFUSED
    except BaseException:
        return BROKEN
    sys.stdout.buffer.write(answer)
    return code
