"""What the benches serve: the site, and at /kosong an empty Flask view to hold it against."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

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
    return (empty if environ["PATH_INFO"] == EMPTY else site)(environ, start_response)
