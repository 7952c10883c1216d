"""Make the pictures in docs/images anew (`make pictures`); a browser is fetched if need be. Arguments go on.

    python3 tools/pictures.py [--instance DIR]

Runs with the system's Python and its standard library alone; the work is done by tools/take_pictures.py.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import environment
import packages
import servers

NEEDED = ["Chromium"]
SIGNS, PACKAGE = (
    "NotoColorEmoji",
    "fonts-noto-color-emoji",
)  # the font of the signs in the chat, and Debian's name of it


def main(arguments: list[str]) -> int:
    """Take them in the environment, and give the exit code."""
    servers.stop_when_killed()
    python = environment.prepare("test")
    if not any(Path("/usr/share/fonts").rglob(f"{SIGNS}*")) and (why := packages.install([PACKAGE])):
        print(f"the chat has boxes in place of signs: {PACKAGE} is {why}")
    with servers.running(NEEDED, servers.install(NEEDED)) as (variables, missing):
        for name, why in missing.items():
            print(f"without {name}: {why}")
        if missing:
            return 1
        command = [str(python), "tools/take_pictures.py", *arguments]
        return subprocess.run(command, cwd=environment.ROOT, env=os.environ | variables).returncode


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except environment.NoEnvironment as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
