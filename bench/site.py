"""What the benches serve: the site, and at /kosong an empty Flask view to hold it against. Each answer says how long
it took inside."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask

from bench.serving import EMPTY
from wsgi import app as site

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

empty = Flask("bench.empty")


@empty.post(EMPTY)
def nothing() -> str:
    """The least that Flask can do."""
    return ""


def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Either application, untouched by the other."""
    began = time.perf_counter()

    def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Callable[[bytes], object]:
        taken = ("Server-Timing", f"app;dur={1000 * (time.perf_counter() - began):.2f}")
        return start_response(status, [*headers, taken], *rest)

    return (empty if environ["PATH_INFO"] == EMPTY else site)(environ, start)
