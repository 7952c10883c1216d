"""Temporary PostgreSQL and Redis on free ports, and programs that tests start by themselves.

They are found, installed if need be and allowed, and stopped afterwards.

Tests learn of them by `SALUR_TEST_POSTGRES` (URL of a superuser's maintenance database), `SALUR_TEST_REDIS` (URL) and
`SALUR_TEST_CHROMIUM` (path); where these are set already, they are left as they are.
"""

from __future__ import annotations

import glob
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import packages

START_SECONDS = 30
STOP_SECONDS = 10
# A test database may be lost with the machine: what only protects it from that is off. It lives for a second: who
# clears up after it and counts its rows unasked would be busy with nothing else.
POSTGRES_SETTINGS = {
    "autovacuum": "off",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "jit": "off",
    "timezone": "UTC",
    "unix_socket_permissions": "0700",
}


class CannotStart(Exception):
    """A server that is installed does not start; the message is the end of what it said."""


@dataclass(frozen=True)
class Part:
    """Something the tests use. `find` gives its program, `start` its value for the variable, within a folder."""

    name: str
    variable: str
    packages: tuple[str, ...]  # Debian's; the first that can be had
    find: Callable[[], str | None]
    start: Callable[[str, Path, ExitStack], str]


@contextmanager
def running(names: list[str], reasons: dict[str, str]) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    """Start the parts named; gives the variables to set, and for each part that cannot be had the reason.

    `reasons` are those of `install`.
    """
    variables: dict[str, str] = {}
    missing: dict[str, str] = {}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="salur-", ignore_cleanup_errors=True)))
        folder.chmod(0o755)  # PostgreSQL may run as another user
        for part in _wanted(names):
            program = part.find()
            if program is None:
                missing[part.name] = reasons.get(part.name, "not found after its installation")
                continue
            try:
                variables[part.variable] = part.start(program, folder, stack)
            except CannotStart as error:
                missing[part.name] = f"does not start: {error}"
        yield variables, missing


def install(names: list[str]) -> dict[str, str]:
    """Install those of the parts named that are missing; gives the reason for each that cannot be."""
    absent = [part for part in _wanted(names) if part.find() is None]
    if not absent or packages.install([part.packages[0] for part in absent]) is None:
        return {}
    # One by one then, so that one bad apple spoils nothing else.
    return {part.name: why for part in absent if (why := _install(part))}


def _install(part: Part) -> str | None:
    """Gives the reason when none of its packages can be had."""
    why = None
    for package in part.packages:
        if (why := packages.install([package])) is None:
            break
    return why


def _wanted(names: list[str]) -> list[Part]:
    """The parts named, without those that a variable names already."""
    return [part for part in PARTS if part.name in names and not os.environ.get(part.variable)]


# PostgreSQL


def _find_postgres() -> str | None:
    """The newest initdb; Debian keeps it out of PATH."""
    found = glob.glob("/usr/lib/postgresql/*/bin/initdb")
    newest = max(found, key=lambda path: int(Path(path).parts[-3]), default=None)
    return newest or shutil.which("initdb")


def _start_postgres(initdb: str, folder: Path, stack: ExitStack) -> str:
    home, data, password = folder / "postgres", folder / "postgres" / "data", secrets.token_hex(16)
    home.mkdir(mode=0o700)
    password_file = home / "password"
    password_file.write_text(password)
    if user := _postgres_user():
        shutil.chown(home, user)
        shutil.chown(password_file, user)
    # md5, since scram spends milliseconds on every connection; the server lives for minutes, on loopback.
    options = ["--username=postgres", "--auth=md5", f"--pwfile={password_file}", "--encoding=UTF8", "--locale=C.UTF-8"]
    command = [*_launcher(user), initdb, f"--pgdata={data}", *options, "--no-sync", "--no-instructions"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=home)
    if done.returncode:
        raise CannotStart(done.stderr.strip()[-300:])
    port = _free_port()
    settings = [option for key, value in POSTGRES_SETTINGS.items() for option in ("-c", f"{key}={value}")]
    binary = str(Path(initdb).with_name("postgres"))
    server = [binary, "-D", str(data), "-p", str(port), "-k", str(home), "-h", "127.0.0.1", *settings]
    _start(stack, home / "log", [*_launcher(user, signal.SIGINT), *server], signal.SIGINT)
    ready = [str(Path(initdb).with_name("pg_isready")), "-q", "-h", "127.0.0.1", "-p", str(port)]
    _wait(lambda: subprocess.run(ready).returncode == 0, home / "log")
    return f"postgresql://postgres:{password}@127.0.0.1:{port}/postgres"


def _postgres_user() -> str | None:
    """PostgreSQL refuses to run as root: whom to run it as then, None for whoever we are."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise CannotStart("PostgreSQL does not run as root, and there is neither a user postgres nor nobody")


# Redis


def _start_redis(program: str, folder: Path, stack: ExitStack) -> str:
    home = folder / "redis"
    home.mkdir(mode=0o700)
    port = _free_port()
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--databases", "64"]
    server = [program, *options, "--dir", str(home)]
    _start(stack, home / "log", [*_launcher(None, signal.SIGTERM), *server], signal.SIGTERM)
    _wait(lambda: _redis_answers(port), home / "log")
    return f"redis://127.0.0.1:{port}"


def _redis_answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False


# Starting and stopping


def _launcher(user: str | None, when_orphaned: signal.Signals | None = None) -> list[str]:
    """What to put before a command: run it as this user, and have the kernel signal it when we are killed."""
    if shutil.which("setpriv") is None:  # not on Linux
        if user:
            raise CannotStart("without setpriv it cannot run as another user")
        return []
    rights = [f"--reuid={user}", f"--regid={pwd.getpwnam(user).pw_gid}", "--clear-groups"] if user else []
    return ["setpriv", *rights, *(["--pdeathsig", when_orphaned.name.removeprefix("SIG")] if when_orphaned else [])]


def _start(stack: ExitStack, log: Path, command: list[str], stop_by: signal.Signals) -> None:
    """Start a server in a session of its own, so that Ctrl-C reaches the tests first and the server after them."""
    with log.open("wb") as output:
        server = subprocess.Popen(
            command, stdout=output, stderr=output, stdin=subprocess.DEVNULL, cwd=log.parent, start_new_session=True
        )
    stack.callback(_stop, server, stop_by)


def _stop(server: subprocess.Popen[bytes], stop_by: signal.Signals) -> None:
    server.send_signal(stop_by)
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _wait(is_ready: Callable[[], bool], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not is_ready():
        if time.monotonic() > deadline:
            raise CannotStart(log.read_text(errors="replace").strip()[-300:] or f"no answer in {START_SECONDS} s")
        time.sleep(0.05)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _find_chromium() -> str | None:
    """The shell without windows if it is there: a page costs half of what it costs in the whole browser."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


def _find_whole_chromium() -> str | None:
    """The browser that also shows notifications, which the shell does not."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def _find_firefox() -> str | None:
    return shutil.which("firefox-esr") or shutil.which("firefox")


def _found(name: str) -> Callable[[], str | None]:
    """A program that Debian keeps where only root looks."""
    return lambda: shutil.which(name, path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin")


def _as_it_is(program: str, _folder: Path, _stack: ExitStack) -> str:
    """What tests start by themselves."""
    return program


PARTS = [
    Part("PostgreSQL", "SALUR_TEST_POSTGRES", ("postgresql",), _find_postgres, _start_postgres),
    Part("Redis", "SALUR_TEST_REDIS", ("redis-server",), lambda: shutil.which("redis-server"), _start_redis),
    Part("Chromium", "SALUR_TEST_CHROMIUM", ("chromium-headless-shell", "chromium"), _find_chromium, _as_it_is),
    Part("whole Chromium", "SALUR_TEST_WHOLE_CHROMIUM", ("chromium",), _find_whole_chromium, _as_it_is),
    Part("Firefox", "SALUR_TEST_FIREFOX", ("firefox-esr",), _find_firefox, _as_it_is),
    Part("PgBouncer", "SALUR_TEST_PGBOUNCER", ("pgbouncer",), _found("pgbouncer"), _as_it_is),
    Part("nginx", "SALUR_TEST_NGINX", ("nginx-light",), _found("nginx"), _as_it_is),
    Part("promtool", "SALUR_TEST_PROMTOOL", ("prometheus",), _found("promtool"), _as_it_is),
    Part("HAProxy", "SALUR_TEST_HAPROXY", ("haproxy",), _found("haproxy"), _as_it_is),
    Part("shellcheck", "SALUR_TEST_SHELLCHECK", ("shellcheck",), _found("shellcheck"), _as_it_is),
    Part("Poppler", "SALUR_TEST_POPPLER", ("poppler-utils",), _found("pdftotext"), _as_it_is),
    Part("docker-compose", "SALUR_TEST_COMPOSE", ("docker-compose",), _found("docker-compose"), _as_it_is),
]


def stop_when_killed() -> None:
    """Let a polite kill close what is open, as Ctrl-C does."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda received, frame: sys.exit(128 + received))
