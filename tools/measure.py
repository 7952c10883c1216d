"""Run the benches with a temporary PostgreSQL beside SQLite (`make bench`); arguments go to them."""

from __future__ import annotations

import os
import subprocess
import sys

import environment
import servers

NEEDED = ["PostgreSQL", "Chromium"]


def main(arguments: list[str]) -> int:
    """Run `python -m bench` in the environment, and give its exit code."""
    servers.stop_when_killed()
    python = environment.prepare("bench")
    with servers.running(NEEDED, servers.install(NEEDED)) as (variables, missing):
        for name, why in missing.items():
            print(f"without {name}: {why}")
        command = [str(python), "-m", "bench", *arguments]
        return subprocess.run(command, cwd=environment.ROOT, env=os.environ | variables).returncode


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except environment.NoEnvironment as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
