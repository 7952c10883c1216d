"""Install Debian packages, where that is allowed."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys


@functools.cache
def privilege() -> list[str] | None:
    """What to put before a command to run it as root; None when that cannot be done.

    A password is asked for only of a person at a terminal.
    """
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    if subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        return ["sudo", "-n"]
    return ["sudo"] if sys.stdin.isatty() and "CI" not in os.environ else None


def install(names: list[str]) -> str | None:
    """Install packages; gives None when done, else the reason why not, for a person to read."""
    if shutil.which("apt-get") is None:
        return "not installed, and this is no Debian"
    as_root = privilege()
    if as_root is None:
        return f"not installed, and there are no rights to run: apt-get install {' '.join(names)}"
    print(f"Installing {', '.join(names)}", flush=True)
    if (why := _update(tuple(as_root))) is None:
        why = _apt(as_root, "install", "--yes", "--no-install-recommends", *names)
    return why


@functools.cache
def _update(as_root: tuple[str, ...]) -> str | None:
    return _apt(list(as_root), "update")


def _apt(as_root: list[str], *arguments: str) -> str | None:
    # `env` because sudo drops variables.
    command = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet", *arguments]
    done = subprocess.run(
        command, capture_output=True, text=True, stdin=None if as_root == ["sudo"] else subprocess.DEVNULL
    )
    if done.returncode == 0:
        return None
    errors = [line for line in done.stderr.splitlines() if line.startswith("E:")]
    return f"apt-get {arguments[0]} failed: {errors[0] if errors else done.stderr.strip()[-200:]}"
