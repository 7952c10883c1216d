"""`python -m salur.bot` runs the bot."""

from __future__ import annotations

import gc
import os
import sys

gc.disable()  # all that is read here stays: looking through it for what can go was a fifth of the start

from salur.bot.app import run  # noqa: E402
from salur.config import Settings  # noqa: E402
from salur.core.errors import ConfigError  # noqa: E402
from salur.wiring import build  # noqa: E402
from salur.words.language import language  # noqa: E402
from salur.words.settings import terminal_language, what_is_wrong_with  # noqa: E402

gc.freeze()
gc.enable()


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
