"""The site for stories: real services on SQLite (the core's own tests cover PostgreSQL), real requests."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext
from werkzeug.test import TestResponse

from salur.core.roles import Officer
from salur.web.app import create_app
from salur.wiring import Services
from tests.fixtures.chromium import SMALL
from tests.fixtures.heads import SignedIn

Enter = Callable[..., BrowserContext]
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Visitor:
    """A phone with a cookie jar. What it sends and what it gets back, in the words of the stories."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()

    def opens(self, address: str, **options: object) -> TestResponse:
        """Open a page."""
        return self.client.get(address, **options)  # type: ignore[arg-type]

    def token(self) -> str:
        """Open the form and read its token."""
        found = TOKEN.search(self.opens("/").text)
        assert found
        return found[1]

    def asks(self, number: str, name: str, **options: object) -> TestResponse:
        """Fill in the form and send it."""
        return self.sends(nomor=number, nama=name, csrf_token=self.token(), **options)

    def sends(
        self, *, headers: dict[str, str] | None = None, address: str = "203.0.113.7", **fields: object
    ) -> TestResponse:
        """Send just these fields."""
        return self.client.post("/cek", data=fields, headers=headers, environ_base={"REMOTE_ADDR": address})


@pytest.fixture
def database_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated SQLite database of the test's own."""
    path = tmp_path / "salur.sqlite3"
    shutil.copy(sqlite_template, path)
    path.chmod(0o600)
    return f"sqlite:///{path}"


@pytest.fixture
def app(services: Services) -> Flask:
    """The application as every server finds it."""
    return create_app(services)


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    """Someone with a phone."""
    return Visitor(app)


@pytest.fixture
def enter(browser: Browser, site: str, app: Flask, signed_in: Callable[..., SignedIn]) -> Iterator[Enter]:
    """`enter(officer)`: a real browser in which he is signed in; a phone without JavaScript, or as the options say."""
    opened: list[BrowserContext] = []

    def enters(officer: Officer, **options: object) -> BrowserContext:
        context = browser.new_context(base_url=site, **{"viewport": SMALL, "java_script_enabled": False, **options})
        cookie = signed_in(officer, on=app).client.get_cookie("salur")
        assert cookie is not None
        context.add_cookies([{"name": "salur", "value": cookie.value, "url": site}])
        opened.append(context)
        return context

    yield enters
    for context in opened:
        context.close()


def text_of(response: TestResponse) -> str:
    """What a reader sees: no tags, single spaces."""
    body = re.sub(r"<(style|svg|head).*?</\1>|<[^>]+>", " ", response.text, flags=re.S)
    return re.sub(r"\s+", " ", html.unescape(body)).replace(" .", ".").replace(" ,", ",")


@pytest.fixture
def services_with(services: Services) -> Callable[..., Services]:
    """The same services with other settings: `services_with(public_url="https://…")`."""
    return lambda **changed: replace(services, settings=replace(services.settings, **changed))
