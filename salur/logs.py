"""What reaches a log, of the site, the bot and the commands: fixed sentences, ids, the type of an error and its place.

The libraries under them are less careful: httpx names the address of every request, which holds the bot's token;
python-telegram-bot writes whole updates at DEBUG and, when one cannot be read, at CRITICAL; asyncio shows the messages
of errors; SQLAlchemy writes the rows it finds, with hashes of passwords; Pillow where a photo was taken; readers of
files what they tripped over. So nothing of theirs reaches a log as it is.

`write` says how the lines look: JSON for programs, one value a line, or text for people.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import suppress
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

import structlog
from structlog.stdlib import ProcessorFormatter, add_log_level, add_logger_name
from structlog.typing import EventDict, Processor, WrappedLogger

Arguments = tuple[object, ...] | Mapping[str, object]  # of the sentence that is written
ErrorInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
LIBRARIES = (
    "telegram", "httpx", "httpcore", "tornado", "asyncio", "aiolimiter",
    "sqlalchemy", "psycopg", "PIL", "pypdf", "openpyxl", "redis",
)  # fmt: skip

# What opens a page and stands in its address: the code of a scanned letter, the word of a calendar.
SECRET = re.compile(r"(/v/|/kalender/)[^\s?#\"']+", re.I)

# By which everything that is logged of one request, or of one update in Telegram, is found. Empty outside of any.
REQUEST: ContextVar[str] = ContextVar("request", default="")
FIRST = ("time", "level", "logger", "event", "request")


class Anonymous(logging.LogRecord):
    """A record that, from a library, tells only that it complained, where in its code, and over which type of error.

    The words are taken out where records are made, before any handler, whatever the levels are set to.
    """

    def __init__(
        self, name: str | None, level: int, pathname: str, lineno: int, msg: object, args: Arguments | None,
        exc_info: ErrorInfo | None, func: str | None = None, sinfo: str | None = None,
    ) -> None:  # fmt: skip
        name = name or ""  # of a record that the library copies into
        if name.partition(".")[0] in LIBRARIES:
            error = type(exc_info[1]).__name__ if exc_info else "no error"
            msg, args = "trouble at %s:%d (%s)", (Path(pathname).name, lineno, error)
            exc_info = None
        super().__init__(name, level, pathname, lineno, msg, args, exc_info, func, sinfo)
        if SECRET.search(text := self.getMessage()):  # a development server writes the addresses it is asked for
            self.msg, self.args = SECRET.sub(r"\1-", text), None


def quieten() -> None:
    """Let the libraries' warnings through as `Anonymous` tells them, and nothing below. Can be called again."""
    logging.setLogRecordFactory(Anonymous)
    for name in LIBRARIES:
        logging.getLogger(name).setLevel(logging.WARNING)


def write(form: str) -> None:
    """Write all that is logged to standard error from now on, as `json` or `text`. Can be called again."""
    handler = logging.StreamHandler()
    handler.setFormatter(lines(form))
    root = logging.getLogger()
    for other in [one for one in root.handlers if isinstance(one.formatter, ProcessorFormatter)]:
        root.removeHandler(other)
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    logging.getLogger("salur").setLevel(logging.INFO)


def lines(form: str) -> logging.Formatter:
    """Make lines of what is logged, whoever logs it: one for each event."""
    before: list[Processor] = [
        add_log_level,
        add_logger_name,
        _add_request_and_time,
        _error_without_words,
    ]
    last = structlog.processors.JSONRenderer() if form == "json" else _as_text
    return ProcessorFormatter(
        foreign_pre_chain=before, processors=[ProcessorFormatter.remove_processors_meta, _in_order, last]
    )


def tell_request(endpoint: str | None, status: int, ms: float) -> None:
    """Write the line of a request that was answered, as `write("json")` would.

    Not by way of the library: there it costs 25 µs, here 3, and every page pays it. Where the line cannot be written,
    on a full disk or when whoever read it is gone, the page goes out all the same.
    """
    page = f'"{endpoint}"' if endpoint else "null"
    with suppress(OSError, ValueError):
        sys.stderr.write(
            f'{{"time": "{_now()}", "level": "info", "logger": "salur.web", "event": "answered", '
            f'"request": "{REQUEST.get()}", "endpoint": {page}, "status": {status}, "ms": {ms:.1f}}}\n'
        )


def _now() -> str:
    return f"{datetime.now(UTC).isoformat(timespec='microseconds')[:26]}Z"


def _add_request_and_time(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    if name := REQUEST.get():
        event["request"] = name
    event["time"] = _now()
    return event


def _error_without_words(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Of an error its type and the way to it, and of what it came from too: its words and values may be personal."""
    told = event.pop("exc_info", None)
    event.pop("stack_info", None)
    error = told[1] if isinstance(told, tuple) else told
    if isinstance(error, BaseException):
        event["error"] = [{"type": type(one).__name__, "where": where(one)} for one in _chain(error)]
    return event


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    found: BaseException | None = error
    while found is not None and id(found) not in seen:
        seen.add(id(found))
        yield found
        found = found.__cause__ or (None if found.__suppress_context__ else found.__context__)


def _in_order(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    return {name: event[name] for name in (*FIRST, *(name for name in event if name not in FIRST)) if name in event}


def _as_text(_logger: WrappedLogger, _method: str, event: EventDict) -> str:
    rest = " ".join(f"{name}={event[name]}" for name in event if name not in FIRST or name == "request")
    return f"{event['time']} {event['level'].upper()} {event['logger']}: {event['event']} {rest}".rstrip()


def where(error: BaseException) -> str:
    """The last steps to the error, as `file:line function`, without its message, values or source text."""
    steps = traceback.extract_tb(error.__traceback__)[-6:]
    return " > ".join(f"{Path(step.filename).name}:{step.lineno} {step.name}" for step in steps)
