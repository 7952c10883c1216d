"""Run all that holds Salur together, lint, types and tests, with the servers that the tests need.

    python3 tools/test.py                  all (`make test`)
    python3 tools/test.py --check          lint, types and habits only, without servers (`make check`)
    python3 tools/test.py -k lookup -x     other arguments go to pytest

What cannot be had is skipped and listed with the reason; where CI is set, that is a failure.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import environment
import servers

BIN = environment.VENV / "bin"
LINT: list[str | Path] = [BIN / "ruff", "check", "--quiet"]
TYPES: list[str | Path] = [BIN / "mypy"]
PYTEST: list[str | Path] = [BIN / "pytest", "-n", "logical", "--dist", "worksteal", "-r", "fEs"]
CLEAN_UP_SECONDS = 10
NEEDED = ["PostgreSQL", "Redis", "Chromium"]


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
    missing = check(steps) if arguments == ["--check"] else everything(steps, arguments)
    print("\n" + "\n".join(steps.lines))
    for name, why in missing.items():
        print(f"{'MISSING' if is_strict() else 'skipped'}: tests with {name}: {why}")
    return 1 if steps.failed or (missing and is_strict()) else 0


def check(steps: Steps) -> dict[str, str]:
    """Lint, types and habits; no servers, so nothing is missing."""
    os.environ.pop("CI", None)
    environment.prepare("test")
    steps.note("environment")
    lint(steps)
    steps.run("habits", [*PYTEST, "tests/habits"])
    return {}


def everything(steps: Steps, for_pytest: list[str]) -> dict[str, str]:
    """Lint, types and all tests, with servers; gives what cannot be had and why."""
    environment.make_venv()
    with ThreadPoolExecutor(max_workers=1) as background:
        # Debian's packages come while pip fetches Python's and mypy thinks: minutes, on a fresh machine.
        installing = background.submit(servers.install, NEEDED)
        environment.prepare("test")
        steps.note("environment")
        lint(steps)
        reasons = installing.result()
    with servers.running(NEEDED, reasons) as (variables, missing):
        steps.note("servers", failed=bool(missing) and is_strict())
        steps.run("tests", [*PYTEST, *for_pytest], variables)
    return missing


def lint(steps: Steps) -> None:
    """What reads the code without running it."""
    steps.run("lint", LINT)
    steps.run("types", TYPES)


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
