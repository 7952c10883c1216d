"""`python -m salur.bot` runs the bot."""

from __future__ import annotations

import os
import sys

from salur.bot.app import run
from salur.config import Settings
from salur.core.errors import ConfigError
from salur.wiring import build
from salur.words.language import language
from salur.words.settings import terminal_language, what_is_wrong_with


def main() -> int:
    """Run until stopped. 0 after a stop by signal, 2 when the settings are incomplete or wrong."""
    try:
        run(build(Settings.from_env()))
    except ConfigError as error:
        told = what_is_wrong_with(error, language(terminal_language(os.environ)))
        sys.stderr.write(f"{told}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
