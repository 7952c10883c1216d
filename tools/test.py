"""Run all that holds Salur together, lint, types and tests, with the servers that the tests need.

    python3 tools/test.py                  all (`make test`)
    python3 tools/test.py --check          lint, format, types and habits only, without servers (`make check`)
    python3 tools/test.py --quick          lint and the tests that tell most, on SQLite alone (`make quick`)
    python3 tools/test.py -k lookup -x     other arguments go to pytest

What cannot be had is skipped and listed with the reason; where CI is set, that is a failure.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

import environment
import servers

BIN = environment.VENV / "bin"
LINT: list[str | Path] = [BIN / "ruff", "check", "--quiet"]
FORMAT: list[str | Path] = [BIN / "ruff", "format", "--check", "--quiet"]
TYPES: list[str | Path] = [BIN / "mypy"]
PYTEST: list[str | Path] = [BIN / "pytest", "-n", "logical", "--dist", "worksteal", "-r", "fEs"]
# What `make quick` leaves to `make test`: the other database, a browser, processes that are killed, and what repeats
# much to be sure. What is left takes a minute on two cores.
SLOW = """
    tests/habits tests/phone tests/botapi tests/sample tests/bot/transport tests/cli/test_kill.py
    tests/cli/test_serve.py tests/web/test_every_door.py tests/web/officers tests/core/circulars/test_pdf.py
    tests/core/limits/test_attempts_at_once.py tests/core/names/test_attacked.py tests/intake/files/test_bombs.py
    tests/cli/test_payout_kill.py tests/intake/test_rows_add_up.py tests/core/payouts/test_rows_add_up.py
    tests/cli/test_backup_kill.py tests/core/backups tests/deploy
    tests/core/lookup/test_nobody_lost.py tests/core/lists/test_older_instances.py tests/core/test_apart.py
    tests/core/payouts/test_older_instance.py tests/core/proposals/test_older_tickets.py
    tests/core/storage/test_older_thief.py tests/core/asking/test_same_work.py
    tests/core/people/test_sealed.py tests/core/proposals/test_photos.py tests/core/casework
    tests/bot/notices tests/journeys tests/observe/test_figures.py tests/channels/test_killed.py
""".split()
# Single ones that try a whole country's names, a file's every byte, or wait for several at once.
TOO_LONG = """
    tests/core/names/test_matching.py::test_comparing_leaves_no_name_behind
    tests/core/names/test_matching.py::test_guessing_the_commonest_names_opens_hardly_more_than_exact_comparison_would
    tests/core/regions/test_search.py::test_every_kelurahan_is_sure_by_name_and_kecamatan_and_no_other_is_taken_for_it
    tests/intake/files/test_unreadable.py::test_no_damage_to_a_real_file_breaks_the_reader
    tests/bot/notices/test_sender.py::test_several_bots_send_one_message_once
""".split()
NOT_QUICK = [
    "-k",
    "not postgresql",
    *(f"--deselect={test}" for test in TOO_LONG),
    *(f"--ignore={path}" for path in SLOW),
]
CLEAN_UP_SECONDS = 10
MEMORY = Path("/dev/shm")  # noqa: S108 - folders in it are made by tempfile, with names of their own
ROOM = 4 << 30  # bytes that servers and tests may need at the same time, amply
NEEDED = [
    "PostgreSQL",
    "Redis",
    "Chromium",
    "PgBouncer",
    "nginx",
    "HAProxy",
    "promtool",
    "shellcheck",
    "Poppler",
    "docker-compose",
]


class Steps:
    """Runs one step after the other, all of them even when one fails, and remembers how long each took."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.failed = False
        self._since = time.monotonic()

    def run(self, name: str, command: Sequence[str | Path], extra_environment: dict[str, str] | None = None) -> None:
        """Run a command, its output on this terminal."""
        print(f"\n== {name}", flush=True)
        with subprocess.Popen(command, cwd=environment.ROOT, env=os.environ | (extra_environment or {})) as process:
            try:
                failed = process.wait() != 0
            except BaseException as stopped:
                _let_end(process, stopped)
                raise
        self.note(name, failed=failed)

    @contextmanager
    def beside(self, name: str, command: Sequence[str | Path]) -> Iterator[None]:
        """Run a command beside others; what it says is shown when all are done."""
        with (
            TemporaryFile("w+") as told,
            subprocess.Popen(command, cwd=environment.ROOT, stdout=told, stderr=subprocess.STDOUT) as process,
        ):
            try:
                yield
                failed = process.wait() != 0
            except BaseException as stopped:
                _let_end(process, stopped)
                raise
            told.seek(0)
            print(f"\n== {name}\n{told.read()}", end="", flush=True)
        self.note(name, failed=failed)

    def note(self, name: str, *, failed: bool = False) -> None:
        """Remember a step that ends now."""
        now = time.monotonic()
        self.lines.append(f"{name:<14}{now - self._since:6.1f} s   {'FAILED' if failed else 'ok'}")
        self.failed |= failed
        self._since = now


def _let_end(process: subprocess.Popen[bytes], stopped: BaseException) -> None:
    """Give an interrupted step time to clean up after itself."""
    if not isinstance(stopped, KeyboardInterrupt):  # Ctrl-C reaches it without us
        process.send_signal(signal.SIGINT)
    try:
        process.wait(CLEAN_UP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()


def main(arguments: list[str]) -> int:
    """Run the steps and give the exit code."""
    servers.stop_when_killed()
    steps = Steps()
    without_servers = {"--check": check, "--quick": quick}
    if len(arguments) == 1 and arguments[0] in without_servers:
        missing: dict[str, str] = {}
        without_servers[arguments[0]](steps)
    else:
        missing = everything(steps, arguments)
    print("\n" + "\n".join(steps.lines))
    for name, why in missing.items():
        print(f"{'MISSING' if is_strict() else 'skipped'}: tests with {name}: {why}")
    return 1 if steps.failed or (missing and is_strict()) else 0


def check(steps: Steps) -> None:
    """Lint, format, types and habits; no servers, so nothing is missing."""
    os.environ.pop("CI", None)
    environment.prepare("test")
    steps.note("environment")
    lint(steps)
    steps.run("types", TYPES)
    steps.run("habits", [*PYTEST, "tests/habits"])


def quick(steps: Steps) -> None:
    """Lint and a part of the tests, which need no server."""
    os.environ.pop("CI", None)
    environment.prepare("test")
    steps.note("environment")
    steps.run("lint", LINT)
    with in_memory():
        steps.run("tests", [*PYTEST, *NOT_QUICK])


def everything(steps: Steps, for_pytest: list[str]) -> dict[str, str]:
    """Lint, types and all tests, with servers; gives what cannot be had and why."""
    environment.make_venv()
    with ThreadPoolExecutor(max_workers=1) as background:
        # Debian's packages come while pip fetches Python's: minutes, on a fresh machine.
        installing = background.submit(servers.install, NEEDED)
        environment.prepare("test")
        steps.note("environment")
        lint(steps)
        reasons = installing.result()
    # mypy thinks on one processor alone: before the tests, the others would wait for it.
    with steps.beside("types", TYPES), in_memory(), servers.running(NEEDED, reasons) as (variables, missing):
        steps.note("servers", failed=bool(missing) and is_strict())
        # Dozens of processes are started, and without its bytecode each would compile Salur anew.
        steps.run("tests", [*PYTEST, *for_pytest], variables | {"PYTHONDONTWRITEBYTECODE": ""})
    return missing


@contextmanager
def in_memory() -> Iterator[None]:
    """Keep temporary files in memory where there is room: a thousand databases cost minutes on a disk."""
    if "TMPDIR" in os.environ or not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free < ROOM:
        yield
        return
    with TemporaryDirectory(prefix="salur-", dir=MEMORY, ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # PostgreSQL may run as another user
        os.environ["TMPDIR"] = folder
        yield


def lint(steps: Steps) -> None:
    """What reads the code without running it, in a second."""
    steps.run("lint", LINT)
    steps.run("format", FORMAT)


def is_strict() -> bool:
    """Whether what is missing is a failure."""
    return bool(os.environ.get("CI"))


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except environment.NoEnvironment as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
