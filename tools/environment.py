"""Make `.venv` and install the pinned requirements; nothing to do when they have not changed.

    python3 tools/environment.py run     what production installs
    python3 tools/environment.py test    and what tests and checks add
    python3 tools/environment.py bench   and what benches hold the site against

Runs with the system's Python and its standard library alone.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import packages

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)
# Each kind with its files; a later kind holds the earlier ones.
REQUIREMENTS = {
    "run": [ROOT / "requirements.txt"],
    "test": [ROOT / "requirements.txt", ROOT / "requirements-dev.txt"],
    "bench": [ROOT / "requirements.txt", ROOT / "requirements-dev.txt", ROOT / "requirements-bench.txt"],
}


class NoEnvironment(Exception):
    """The environment cannot be made; the message says what a person can do."""


def prepare(kind: str) -> Path:
    """Bring `.venv` to the requirements of this kind and give its Python. Takes no time when nothing changed.

    Raises: NoEnvironment.
    """
    if sys.version_info < OLDEST:
        raise NoEnvironment(
            f"Salur needs Python {'.'.join(map(str, OLDEST))} or newer; this is {sys.version.split()[0]}."
        )
    with _alone():
        if not _is_installed(kind):
            _make_venv()
            _install(kind)
    return PYTHON


def make_venv() -> None:
    """Make `.venv` with nothing in it, unless there is a sound one.

    Raises: NoEnvironment.
    """
    with _alone():
        _make_venv()


@contextmanager
def _alone() -> Iterator[None]:
    """Wait for others who are at it: `make run` and `make test` may be started together."""
    with REQUIREMENTS["run"][0].open() as guard:
        fcntl.flock(guard, fcntl.LOCK_EX)
        yield


def _is_installed(kind: str) -> bool:
    """Whether this kind, or one that holds it, was installed from the files as they are now."""
    kinds = list(REQUIREMENTS)
    holding = kinds[kinds.index(kind) :]
    return PYTHON.exists() and any(_stamp(k).exists() and _stamp(k).read_text() == _digest(k) for k in holding)


def _stamp(kind: str) -> Path:
    return VENV / f".installed-{kind}"


def _digest(kind: str) -> str:
    content = b"\0".join(path.read_bytes() for path in REQUIREMENTS[kind])
    return hashlib.sha256(content).hexdigest()


def _make_venv() -> None:
    if PYTHON.exists() and _runs(PYTHON, "-m", "pip", "--version"):
        return
    shutil.rmtree(VENV, ignore_errors=True)  # half made, or its Python is gone
    print("Making .venv", flush=True)
    why = None
    if importlib.util.find_spec("ensurepip") is None:
        # Debian keeps it in a package of its own.
        why = packages.install(["python3-venv"])
    virtualenv = shutil.which("virtualenv")
    if _runs(sys.executable, "-m", "ensurepip", "--version"):
        made = _runs(sys.executable, "-m", "venv", VENV)
    else:
        made = virtualenv is not None and _runs(virtualenv, VENV)
    if not made:
        shutil.rmtree(VENV, ignore_errors=True)
        raise NoEnvironment(f"Python cannot make a virtual environment here: python3-venv is {why or 'of no use'}.")


def _install(kind: str) -> None:
    files = [option for path in REQUIREMENTS[kind] for option in ("-r", str(path))]
    print("Installing what Salur needs; the first time this takes a minute or two", flush=True)
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *files]
    if subprocess.run(command).returncode:
        raise NoEnvironment("The packages could not be installed; pip says why above. Is there a network?")
    _stamp(kind).write_text(_digest(kind))


def _runs(*command: str | Path) -> bool:
    return subprocess.run(command, capture_output=True).returncode == 0


if __name__ == "__main__":
    try:
        prepare(sys.argv[1])
    except NoEnvironment as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)  # as a shell says it; pip has told that it was stopped
