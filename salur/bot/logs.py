"""What the bot writes to its log: fixed sentences, update ids, the type of an error and its place in the code.

The libraries under it are less careful: httpx names the address of every request, which holds the bot's token;
python-telegram-bot writes whole updates at DEBUG and, when one cannot be read, at CRITICAL; errors of the database
carry the values of the statement. So no record of theirs reaches a log as it is.
"""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

LIBRARIES = ("telegram", "httpx", "httpcore", "tornado", "asyncio")
logger = logging.getLogger(__name__)


class Anonymous(logging.Handler):
    """Passes on that a library complained, where in its code and over which type of error; never its words."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write the fixed sentence in place of the record."""
        error = record.exc_info[1] if record.exc_info else None
        logger.log(
            record.levelno,
            "%s reports trouble at %s:%d (%s)",
            record.name.partition(".")[0],
            record.module,
            record.lineno,
            type(error).__name__,
        )


def quieten() -> None:
    """Let the libraries' warnings through as `Anonymous` tells them, and nothing below. Can be called again."""
    for name in LIBRARIES:
        library = logging.getLogger(name)
        library.setLevel(logging.WARNING)
        library.propagate = False
        if not any(isinstance(handler, Anonymous) for handler in library.handlers):
            library.addHandler(Anonymous(logging.WARNING))


def where(error: BaseException) -> str:
    """The last steps to the error, as `file:line function`, without its message, values or source text."""
    steps = traceback.extract_tb(error.__traceback__)[-6:]
    return " > ".join(f"{Path(step.filename).name}:{step.lineno} {step.name}" for step in steps)
