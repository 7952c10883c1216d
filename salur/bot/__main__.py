"""`python -m salur.bot` runs the bot."""

from __future__ import annotations

import sys

from salur.bot.app import run
from salur.config import Settings
from salur.core.errors import ConfigError
from salur.wiring import build


def main() -> int:
    """Run until stopped. 0 after a stop by signal, 2 when the settings are incomplete or wrong."""
    try:
        run(build(Settings.from_env()))
    except ConfigError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
