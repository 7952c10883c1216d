"""However serving ends, nothing is left that holds the port; and whatever dies of it, the site answers again."""

from __future__ import annotations

import http.client
import importlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from salur.cli import keeping
from salur.cli.keeping import Kept, keep_running
from salur.cli.main import main
from tests.fixtures.processes import PATIENCE, children, free_port, is_running, listeners, listens, wait_until

ROOT = Path(__file__).resolve().parents[2]
CLIENTS = 6
on_sqlite = pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)


class Serving:
    """A site that is served by a process of its own."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, errors: Path | None = None) -> None:
        self.process = process
        self.port = port
        self._errors = errors

    @property
    def complaints(self) -> str:
        """What it said on standard error."""
        return self._errors.read_text() if self._errors else ""

    def listens(self) -> bool:
        """Whether anybody takes connections."""
        return listens(self.port)

    def answers(self) -> bool:
        """Whether the front page comes."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", "/")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    @property
    def granian(self) -> int:
        """The server's process; 0 while there is none."""
        programs = {pid: Path(f"/proc/{pid}/cmdline") for pid in children(self.process.pid)}
        return next((pid for pid, words in programs.items() if b"granian" in words.read_bytes()), 0)

    @property
    def workers(self) -> set[int]:
        """The processes that answer."""
        return children(self.granian)


@pytest.fixture
def serve(settings, services, tmp_path):
    """`with serve(workers=2) as serving`: the port is free again afterwards."""
    environment = os.environ | {
        "SALUR_DATABASE_URL": settings.database_url,
        "SALUR_KEYS_FILE": settings.keys_file,
        "SALUR_SECRET_KEY": settings.secret_key,
    }

    @contextmanager
    def start(workers: int = 1) -> Iterator[Serving]:
        port = free_port()
        command = [sys.executable, "-m", "salur", "serve", "--port", str(port), "--workers", str(workers)]
        errors = tmp_path / "stderr"
        with (
            errors.open("wb") as stderr,
            subprocess.Popen(command, cwd=ROOT, env=environment, stderr=stderr) as process,
        ):
            serving = Serving(process, port, errors)
            try:
                wait_until(serving.listens)
                yield serving
            finally:
                process.terminate()
        wait_until(lambda: not serving.listens())

    return start


@pytest.mark.parametrize(
    ("new_database", "end"),
    [("postgresql", signal.SIGTERM), ("sqlite", signal.SIGKILL)],
    indirect=["new_database"],
)
def test_the_port_is_free_again_and_nothing_alarming_is_said(serve, end):
    with serve() as serving:
        serving.process.send_signal(end)
        serving.process.wait(PATIENCE)
    assert serving.complaints == ""


def test_who_stops_the_setting_up_is_told_that_it_goes_on_the_next_time(monkeypatch, tmp_path):
    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setenv("SALUR_INSTANCE", str(tmp_path))
    monkeypatch.setattr(importlib.import_module("salur.cli.serve"), "set_up", stopped)
    told = CliRunner().invoke(main, ["serve", "--setup", "--port=18766"])
    assert (told.exit_code, told.stdout) == (0, "")
    assert told.stderr.startswith("Stopped before it was done.")


def test_whoever_is_told_the_address_is_answered_there_at_once(tmp_path):
    port = free_port()
    command = [sys.executable, "-m", "salur", "serve", "--setup", "--people", "60", "--port", str(port)]
    environment = os.environ | {"SALUR_INSTANCE": str(tmp_path)}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout is not None
            told = next(line for line in process.stdout if line.startswith(b"Salur is at"))
            assert str(port).encode() in told
            assert Serving(process, port).answers()
        finally:
            process.terminate()


@on_sqlite
def test_a_killed_worker_loses_what_it_held_and_another_takes_its_place(serve):
    with serve(workers=2) as serving, Load(serving) as load:
        wait_until(lambda: load.answered > 20 and listeners(serving.port) == 2)
        before = serving.workers
        os.kill(min(before), signal.SIGKILL)
        wait_until(lambda: serving.workers - before and listeners(serving.port) == 2)
        answered = load.answered
        wait_until(lambda: load.answered > answered + 20)
    assert load.lost <= CLIENTS


@on_sqlite
def test_a_killed_server_comes_back_without_strays(serve):
    with serve() as serving:
        wait_until(serving.answers)
        before = {serving.granian} | serving.workers
        os.kill(serving.granian, signal.SIGKILL)
        wait_until(lambda: serving.granian not in before and serving.answers())
        wait_until(lambda: not any(map(is_running, before)))


# What cannot start


@pytest.fixture
def quickly(monkeypatch):
    """Pauses of milliseconds, and the signals of this process as they were."""
    for name, seconds in (("FIRST_PAUSE", 0.01), ("LONGEST_PAUSE", 0.02)):
        monkeypatch.setattr(keeping, name, seconds)
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def ending(code: int, seconds: float = 0.0) -> list[str]:
    return [sys.executable, "-c", f"import sys, time; time.sleep({seconds}); sys.exit({code})"]


@pytest.mark.usefixtures("quickly")
def test_a_site_that_cannot_start_is_given_up_and_says_so_each_time(capsys):
    bot = Kept("bot", ending(0, seconds=60))
    assert keep_running([Kept("site", ending(3), needed=True), bot]) == 1
    told = capsys.readouterr().err.splitlines()
    assert [line.startswith("The site ended with 3") for line in told] == [True] * keeping.TRIES
    assert told[-1].endswith("given up.")
    assert bot.process is not None
    assert bot.process.returncode == -signal.SIGTERM


@pytest.mark.usefixtures("quickly")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP, signal.SIGTERM])
def test_whatever_signal_says_stop_all_is_ended_in_order(number, capsys):
    site = Kept("site", ending(0, seconds=60), needed=True)

    def told():
        os.kill(os.getpid(), number)

    assert keep_running([site], told) == 0
    assert site.process is not None
    assert site.process.returncode == -signal.SIGTERM
    assert capsys.readouterr().err == ""


def look_after(kept: Kept, ends: int) -> bool:
    """Look after a program until it has ended so many times; False when it was given up."""
    for _ in range(ends):
        while kept.process is None:
            kept.look_after()
        kept.process.wait()
        if not kept.look_after():
            return False
    return True


@pytest.mark.usefixtures("quickly")
def test_a_site_that_ran_well_once_is_never_given_up(monkeypatch):
    site = Kept("site", ending(1), needed=True)
    monkeypatch.setattr(keeping, "RAN_WELL", 0.0)
    assert look_after(site, 1)
    monkeypatch.setattr(keeping, "RAN_WELL", 30.0)
    assert look_after(site, keeping.TRIES + 2)


@pytest.mark.usefixtures("quickly")
def test_a_bot_is_never_given_up_and_the_pause_grows(monkeypatch, capsys):
    monkeypatch.setattr(keeping, "LONGEST_PAUSE", 0.1)
    assert look_after(Kept("bot", ending(2)), keeping.TRIES + 1)
    pauses = [line.split()[-2] for line in capsys.readouterr().err.splitlines()]
    assert pauses == ["0.01", "0.02", "0.04", "0.08", "0.1", "0.1"]


# Looking on


class Load:
    """Clients that ask for the front page again and again, each one request at a time."""

    def __init__(self, serving: Serving) -> None:
        self.answered, self.lost = 0, 0
        self._serving = serving
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._clients = [threading.Thread(target=self._ask) for _ in range(CLIENTS)]

    def __enter__(self) -> Load:
        for client in self._clients:
            client.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for client in self._clients:
            client.join()

    def _ask(self) -> None:
        while not self._over.wait(0.05):  # faster ones would be told that they ask too often
            answered = self._serving.answers()
            with self._lock:
                self.answered += answered
                self.lost += not answered
