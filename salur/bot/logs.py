"""What the bot writes to its log: fixed sentences, update ids, the type of an error and its place in the code.

The libraries under it are less careful: httpx names the address of every request, which holds the bot's token;
python-telegram-bot writes whole updates at DEBUG and, when one cannot be read, at CRITICAL; asyncio shows the messages
of errors. So nothing of theirs reaches a log as it is.
"""

from __future__ import annotations

import logging
import traceback
from pathlib import Path
from typing import Any

LIBRARIES = ("telegram", "httpx", "httpcore", "tornado", "asyncio", "aiolimiter")


class Anonymous(logging.LogRecord):
    """A record that, from a library, tells only that it complained, where in its code, and over which type of error.

    The words are taken out where records are made, before any handler, whatever the levels are set to.
    """

    def __init__(
        self, name: str, level: int, pathname: str, lineno: int, msg: object, args: Any, exc_info: Any, *rest: Any,
        **more: Any,
    ) -> None:  # fmt: skip
        if name.partition(".")[0] in LIBRARIES:
            error = type(exc_info[1]).__name__ if exc_info else "no error"
            msg, args = "trouble at %s:%d (%s)", (Path(pathname).name, lineno, error)
            exc_info = None
        super().__init__(name, level, pathname, lineno, msg, args, exc_info, *rest, **more)


def quieten() -> None:
    """Let the libraries' warnings through as `Anonymous` tells them, and nothing below. Can be called again."""
    logging.setLogRecordFactory(Anonymous)
    for name in LIBRARIES:
        logging.getLogger(name).setLevel(logging.WARNING)


def where(error: BaseException) -> str:
    """The last steps to the error, as `file:line function`, without its message, values or source text."""
    steps = traceback.extract_tb(error.__traceback__)[-6:]
    return " > ".join(f"{Path(step.filename).name}:{step.lineno} {step.name}" for step in steps)
