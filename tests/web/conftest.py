"""The site for stories: real services on SQLite (the core's own tests cover PostgreSQL), real requests."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from salur.wiring import Services

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Visitor:
    """A phone with a cookie jar. What it sends and what it gets back, in the words of the stories."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()

    def opens(self, address: str, **options: Any) -> TestResponse:
        """Open a page."""
        return self.client.get(address, **options)

    def token(self) -> str:
        """Open the form and read its token."""
        found = TOKEN.search(self.opens("/").text)
        assert found
        return found[1]

    def asks(self, number: str, name: str, **options: Any) -> TestResponse:
        """Fill in the form and send it."""
        return self.sends(nomor=number, nama=name, csrf_token=self.token(), **options)

    def sends(
        self, *, headers: dict[str, str] | None = None, address: str = "203.0.113.7", **fields: object
    ) -> TestResponse:
        """Send just these fields."""
        self.client.environ_base["REMOTE_ADDR"] = address  # also where the answer leads on to
        return self.client.post("/cek", data=fields, headers=headers, follow_redirects=True)


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """SQLite, whatever the story."""
    return sqlite_url


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    """Someone with a phone."""
    return Visitor(app)


def read_off(pattern: str, text: str) -> str:
    """What a page says where the pattern does: its group if it has one."""
    match = re.search(pattern, text, re.S)
    assert match, f"nothing like {pattern}"
    return match[match.lastindex or 0]


def text_of(response: TestResponse) -> str:
    """What a reader sees: no tags, single spaces."""
    body = re.sub(r"<(style|svg|head).*?</\1>|<[^>]+>", " ", response.text, flags=re.S)
    return re.sub(r"\s+", " ", html.unescape(body)).replace(" .", ".").replace(" ,", ",")


@pytest.fixture
def services_with(services: Services) -> Callable[..., Services]:
    """The same services with other settings: `services_with(public_url="https://…")`."""
    return lambda **changed: replace(services, settings=replace(services.settings, **changed))
