"""Programs that are kept running: started again when they end, with a pause that grows while they keep ending.

Each end is told on standard error, with its exit code and the pause. The pause is a second after a program that ran
well, and doubles up to a minute while it does not. A needed program (the site) that never ran well is given up after
TRIES ends in a row: it cannot start at all, and whoever started Salur, a person or systemd, learns so from exit code 1
within half a minute or so. Once it has run well it is started again for ever: what ends it may pass, and residents must
not wait for somebody to come. Others (the bot) are never given up, and never end the site.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import click

from salur.cli.language import say
from salur.words.language import N_

ROOT = Path(__file__).resolve().parents[2]  # where wsgi.py stands
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0  # seconds before a program that ended is started again
RAN_WELL = 30.0  # seconds; what ends sooner could not start, or cannot go on
TRIES = 5
STOP_WITHIN = 10.0
STRAYS_STOP_WITHIN = 3.0
PR_SET_PDEATHSIG = 1
PROGRAMS = {
    "site": N_("Situs"),
    "bot": N_("Bot"),
    "jobs": N_("Pekerja"),
    "metrics": N_("Pencatat angka"),
    "sender": N_("Pengirim kabar"),
}
GIVEN_UP = N_("{program} berhenti dengan kode {kode}, {kali} kali berturut-turut: tidak dicoba lagi.")
STARTS_AGAIN = N_("{program} berhenti dengan kode {kode}. Dijalankan lagi {jeda} detik lagi.")


@dataclass
class Kept:
    """A program that is kept running; `needed` when there is no use in going on without it."""

    name: str
    command: list[str]
    needed: bool = False
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    started_at: float = field(default=0.0, init=False)
    start_at: float = field(default=0.0, init=False)
    failures: int = field(default=0, init=False)  # ends in a row, each soon after the start
    ran_well: bool = field(default=False, init=False)  # once, since Salur was started

    def start(self) -> None:
        """Start it."""
        self.started_at = time.monotonic()
        # In a process group of its own: Ctrl-C then reaches Salur only, which stops the others in order.
        self.process = subprocess.Popen(  # noqa: S603 - our own words
            self.command, cwd=ROOT, start_new_session=True, preexec_fn=end_with_parent
        )

    def look_after(self) -> bool:
        """Start it when it is time, see whether it has ended; False when it is given up."""
        if self.process is None:
            if time.monotonic() >= self.start_at:
                self.start()
            return True
        return self.process.poll() is None or self._ended(self.process)

    def _ended(self, process: subprocess.Popen[bytes]) -> bool:
        self.process = None
        _stop_strays(process.pid)
        well = time.monotonic() - self.started_at >= RAN_WELL
        self.ran_well |= well
        self.failures = 0 if well else self.failures + 1
        if self.needed and not self.ran_well and self.failures >= TRIES:
            click.echo(say(GIVEN_UP, program=self._told(), kode=process.returncode, kali=TRIES), err=True)
            return False
        pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(max(self.failures - 1, 0), 10))
        click.echo(say(STARTS_AGAIN, program=self._told(), kode=process.returncode, jeda=f"{pause:g}"), err=True)
        self.start_at = time.monotonic() + pause
        return True

    def _told(self) -> str:
        return say(PROGRAMS[self.name]) if self.name in PROGRAMS else self.name


def keep_running(kept: list[Kept], look_round: Callable[[], None] = lambda: None) -> int:
    """Start all, and keep them running until a signal to stop (gives 0), or until one is given up (gives 1).

    `look_round` is called again and again meanwhile, and must be quick.
    """
    stopped = False

    def stop(_number: int, _frame: object) -> None:
        nonlocal stopped
        stopped = True

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    going = True
    while going and not stopped:
        going = all(one.look_after() for one in kept)
        look_round()
        time.sleep(0.2)
    _stop_all(kept)
    return 0 if going else 1


def _stop_all(kept: list[Kept]) -> None:
    running = [one.process for one in kept if one.process is not None]
    for process in running:
        process.terminate()
    for process in running:
        try:
            process.wait(STOP_WITHIN)
        except subprocess.TimeoutExpired:
            _signal_group(process.pid, signal.SIGKILL)


def _stop_strays(group: int) -> None:
    """Stop what a program left behind: granian's workers outlive it when it is killed, and would keep the port."""
    until = time.monotonic() + STRAYS_STOP_WITHIN
    while _signal_group(group, signal.SIGTERM) and time.monotonic() < until:
        time.sleep(0.1)
    _signal_group(group, signal.SIGKILL)


def _signal_group(group: int, number: signal.Signals) -> bool:
    """Send a signal to all of a process group; False when nobody is left in it."""
    with suppress(ProcessLookupError):
        os.killpg(group, number)
        return True
    return False


def end_with_parent() -> None:
    """Ask Linux to end this program when the one that keeps it is killed: else it would hold the port for ever."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
