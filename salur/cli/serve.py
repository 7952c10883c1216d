"""`python -m salur serve`: the site, and the bot beside it when there is a token."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import click

from salur.cli.console import refuse
from salur.cli.setup import set_up
from salur.cli.try_out import invite_to_try, load_sample_city
from salur.config import Settings
from salur.wiring import build

ROOT = Path(__file__).resolve().parents[2]  # where wsgi.py stands
RESTART_AFTER = 5.0  # seconds before a bot that ended is started again
STOP_WITHIN = 10.0
PR_SET_PDEATHSIG = 1


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
@click.option("--threads", default=1, show_default=True, type=click.IntRange(1, 64), help="Per worker.")
@click.option("--setup", "with_setup", is_flag=True, help="Set the machine up first, and load a sample city once.")
@click.option("--people", default=5000, show_default=True, type=click.IntRange(min=1), help="Size of the sample city.")
def serve(host: str, port: int, workers: int, threads: int, with_setup: bool, people: int) -> None:
    """Serve the site with granian; with SALUR_TELEGRAM_TOKEN set, run the bot beside it."""
    _refuse_taken_port(host, port)
    if with_setup:
        services = set_up()
        load_sample_city(services, people)
        services.database.dispose()
    settings = Settings.from_env()
    build(settings).database.ping()
    if with_setup:
        invite_to_try(settings, f"http://{host}:{port}")
    commands = [_Kept("site", _granian(host, port, workers, threads))]
    if settings.telegram_token:
        commands.append(_Kept("bot", [sys.executable, "-m", "salur.bot"], again=True))
    sys.exit(_keep_running(commands))


@dataclass
class _Kept:
    """A program that is kept running; `again` starts it anew when it ends."""

    name: str
    command: list[str]
    again: bool = False
    process: subprocess.Popen[bytes] | None = field(default=None)
    start_at: float = 0.0

    def start(self) -> None:
        # In a process group of its own: Ctrl-C then reaches this program only, which stops the others in order.
        self.process = subprocess.Popen(  # noqa: S603 - our own words
            self.command, cwd=ROOT, start_new_session=True, preexec_fn=_end_with_parent
        )


def _granian(host: str, port: int, workers: int, threads: int) -> list[str]:
    return [
        sys.executable,
        "-m",
        "granian",
        "wsgi:app",
        "--interface=wsgi",
        f"--host={host}",
        f"--port={port}",
        f"--workers={workers}",
        f"--blocking-threads={threads}",
        "--workers-kill-timeout=3",
        "--no-access-log",
        "--log-level=warning",
    ]


def _keep_running(kept: list[_Kept]) -> int:
    """Start all, and wait for the site to end or for a signal to stop; gives the exit code."""
    stopped = False

    def stop(_number: int, _frame: object) -> None:
        nonlocal stopped
        stopped = True

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    for one in kept:
        one.start()
    code = 0
    while not stopped:
        for one in kept:
            if one.process is None and time.monotonic() >= one.start_at:
                one.start()
            elif one.process is not None and one.process.poll() is not None:
                click.echo(f"The {one.name} ended with {one.process.returncode}.", err=True)
                if not one.again:
                    stopped, code = True, 1
                one.process, one.start_at = None, time.monotonic() + RESTART_AFTER
        time.sleep(0.2)
    _stop_all(kept)
    return code


def _stop_all(kept: list[_Kept]) -> None:
    running = [one.process for one in kept if one.process is not None]
    for process in running:
        process.terminate()
    for process in running:
        try:
            process.wait(STOP_WITHIN)
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # with its workers


def _end_with_parent() -> None:
    """Ask Linux to end this program when the one that keeps it is killed: else it would hold the port for ever."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _refuse_taken_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            refuse(f"Port {port} is in use already. Is Salur running? Otherwise choose another with --port.")
