"""The site in a real browser, on SQLite: the stories are about pages, not about databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from salur.core.officers.roles import Officer
from tests.fixtures.chromium import SMALL
from tests.fixtures.officers import SignedIn

Enter = Callable[..., BrowserContext]


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """SQLite, whatever the story."""
    return sqlite_url


@pytest.fixture
def enter(browser: Browser, site: str, signed_in: Callable[..., SignedIn]) -> Iterator[Enter]:
    """`enter(officer)`: a real browser in which he is signed in; a phone without JavaScript, or as the options say."""
    opened: list[BrowserContext] = []

    def enters(officer: Officer, **options: Any) -> BrowserContext:
        wanted: dict[str, Any] = {"viewport": SMALL, "java_script_enabled": False, **options}
        context = browser.new_context(base_url=site, **wanted)
        cookie = signed_in(officer).client.get_cookie("salur")
        assert cookie is not None
        context.add_cookies([{"name": "salur", "value": cookie.value, "url": site}])
        opened.append(context)
        return context

    yield enters
    for context in opened:
        context.close()
