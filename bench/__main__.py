"""Run the benches, all or those named: `python -m bench asking timing`. What begins with a dash is for them."""

from __future__ import annotations

import subprocess
import sys

# Each is a module that runs by itself, in a process of its own.
BENCHES = [
    "peers", "bare", "bot", "first_page", "asking", "watching", "timing", "heads", "scale.kelurahan", "importing",
    "spreading", "names", "budgets", "letters", "following", "sending", "telling",
]  # fmt: skip
LONG = ["scale.millions"]  # hours: run where they are named


def main(arguments: list[str]) -> int:
    """Run them one after the other; gives 1 when any failed."""
    options = [one for one in arguments if one.startswith("-")]
    names = [one for one in arguments if one not in options]
    if unknown := set(names) - {*BENCHES, *LONG}:
        sys.exit(f"There is no bench {', '.join(sorted(unknown))}; there are {', '.join(BENCHES + LONG)}.")
    codes = [subprocess.run([sys.executable, "-m", f"bench.{name}", *options]).returncode for name in names or BENCHES]
    return int(any(codes))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
