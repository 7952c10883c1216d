"""What reaches a log, of the site, the bot and the commands: fixed sentences, ids, the type of an error and its place.

The libraries under them are less careful: httpx names the address of every request, which holds the bot's token;
python-telegram-bot writes whole updates at DEBUG and, when one cannot be read, at CRITICAL; asyncio shows the messages
of errors; SQLAlchemy writes the rows it finds, with hashes of passwords; Pillow where a photo was taken; readers of
files what they tripped over. So nothing of theirs reaches a log as it is.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

Arguments = tuple[object, ...] | Mapping[str, object]  # of the sentence that is written
ErrorInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
LIBRARIES = (
    "telegram", "httpx", "httpcore", "tornado", "asyncio", "aiolimiter",
    "sqlalchemy", "psycopg", "PIL", "pypdf", "openpyxl", "redis",
)  # fmt: skip


class Anonymous(logging.LogRecord):
    """A record that, from a library, tells only that it complained, where in its code, and over which type of error.

    The words are taken out where records are made, before any handler, whatever the levels are set to.
    """

    def __init__(
        self, name: str, level: int, pathname: str, lineno: int, msg: object, args: Arguments | None,
        exc_info: ErrorInfo | None, func: str | None = None, sinfo: str | None = None,
    ) -> None:  # fmt: skip
        if name.partition(".")[0] in LIBRARIES:
            error = type(exc_info[1]).__name__ if exc_info else "no error"
            msg, args = "trouble at %s:%d (%s)", (Path(pathname).name, lineno, error)
            exc_info = None
        super().__init__(name, level, pathname, lineno, msg, args, exc_info, func, sinfo)


def quieten() -> None:
    """Let the libraries' warnings through as `Anonymous` tells them, and nothing below. Can be called again."""
    logging.setLogRecordFactory(Anonymous)
    for name in LIBRARIES:
        logging.getLogger(name).setLevel(logging.WARNING)


def where(error: BaseException) -> str:
    """The last steps to the error, as `file:line function`, without its message, values or source text."""
    steps = traceback.extract_tb(error.__traceback__)[-6:]
    return " > ".join(f"{Path(step.filename).name}:{step.lineno} {step.name}" for step in steps)
