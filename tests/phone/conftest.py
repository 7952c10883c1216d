"""The site in a real browser, on SQLite: the stories are about pages, not about databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, sync_playwright

from salur.core.officers.roles import Officer
from tests.fixtures.chromium import CHROMIUM, SMALL, settled
from tests.fixtures.officers import SignedIn

Enter = Callable[..., BrowserContext]


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """SQLite, whatever the story."""
    return sqlite_url


@pytest.fixture(scope="package")
def browser(chromium_path: str) -> Iterator[Browser]:
    """Debian's Chromium, one for all of this folder; a click is over when the page it led to has loaded.

    No longer than that: while it runs, nothing else in this thread can have an event loop, as tests of the bot do.
    """
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        patch.setattr(Locator, "click", settled(Locator.click))
        started = playwright.chromium.launch(executable_path=chromium_path, args=CHROMIUM)
        yield started
        started.close()


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
