"""The site in a real browser, on SQLite: the stories are about pages, not about databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, sync_playwright

from salur.core.officers.roles import Officer
from tests.fixtures.chromium import CHROMIUM, SMALL, settled
from tests.fixtures.officers import SignedIn

Phone = Callable[..., BrowserContext]
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
def phone(browser: Browser, site: str) -> Iterator[Phone]:
    """`phone(…)`: one more, a small one, or as the options say."""
    opened: list[BrowserContext] = []

    def with_options(**options: Any) -> BrowserContext:
        wanted: dict[str, Any] = {"viewport": SMALL, "base_url": site, **options}
        opened.append(browser.new_context(**wanted))
        return opened[-1]

    yield with_options
    for context in opened:
        context.close()


@pytest.fixture
def enter(phone: Phone, site: str, signed_in: Callable[..., SignedIn]) -> Enter:
    """`enter(officer)`: a real browser in which he is signed in; a phone without JavaScript, or as the options say."""

    def enters(officer: Officer, **options: Any) -> BrowserContext:
        context = phone(**{"java_script_enabled": False, **options})
        cookie = signed_in(officer).client.get_cookie("salur")
        assert cookie is not None
        context.add_cookies([{"name": "salur", "value": cookie.value, "url": site}])
        return context

    return enters
