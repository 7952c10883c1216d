"""Whoever wants to be told of changes, with a phone."""

from __future__ import annotations

import base64
import json
import logging
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from salur.core.notices.channels import Channel
from salur.core.tables.metadata import METADATA
from salur.wiring import Services
from tests.fixtures.office import Announced, Recipient
from tests.fixtures.phones import subscription
from tests.fixtures.services import Clock, vault_of
from tests.web.conftest import TOKEN, Visitor

PHONE = subscription()
CALENDAR = re.compile(r"/kalender/([a-z2-7]{32})")


class Follower(Visitor):
    """Somebody who reads an answer and wants to be told."""

    def presses(self, address, page=None, **fields):
        """Send the form of a page, which leads to that address."""
        found = TOKEN.search(self.opens(page or address).text)
        assert found
        return self.client.post(address, data={"csrf_token": found[1], **fields})

    def makes_a_calendar(self):
        """The word of its address, after having asked."""
        led = self.presses("/kabar/kalender", "/kabar")
        assert led.status_code == 303, led.text
        found = CALENDAR.fullmatch(led.headers["Location"])
        assert found
        return found[1]


@pytest.fixture
def mother(office):
    """Listed, with a day to come."""
    mother = Recipient()
    office.publishes(mother)
    office.announces(Announced())
    return mother


@pytest.fixture
def follower(app):
    """A phone with the site open."""
    return Follower(app)


@pytest.fixture
def another(app):
    """`another()`: one more phone."""
    return lambda: Follower(app)


class Phone(Visitor):
    """A phone whose browser has a subscription."""

    def __init__(self, app: Flask, subscribed: str = PHONE) -> None:
        super().__init__(app)
        self.subscribed = subscribed

    def does(self, what: str, **fields: str) -> TestResponse:
        """Send what the page's script sends."""
        sent = {"csrf_token": self.token(), "langganan": self.subscribed, **fields}
        return self.client.post(f"/kabar/hp{what}", data=sent, follow_redirects=True)

    def follows(self, whom: Recipient) -> TestResponse:
        """Ask rightly, and agree."""
        self.asks(whom.nik, whom.name)
        return self.does("")

    @property
    def cookie(self) -> str:
        """What is kept in it, as anybody reads it who holds the phone."""
        cookie = self.client.get_cookie("salur")
        payload = cookie.value.split(".")[0] if cookie else ""
        return base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)).decode()


@pytest.fixture
def phone(app: Flask, caplog: pytest.LogCaptureFixture) -> Iterator[Phone]:
    """A phone with a subscription: after the story nothing of that stands in a log record or the cookie."""
    caplog.set_level(logging.DEBUG)
    phone = Phone(app)
    yield phone
    told = "\n".join(f"{r.getMessage()} {r.exc_text}" for r in caplog.records) + phone.cookie
    parts = json.loads(PHONE)
    for secret in (parts["endpoint"], parts["keys"]["auth"], parts["keys"]["p256dh"]):
        assert secret not in told


def told(services: Services, clock: Clock) -> tuple[int, list[str]]:
    """What comes to the phone: the number of what it follows, and the refs of its buttons."""
    clock.passes(hours=2)
    services.following.sweep()
    (notice,) = services.notices.take(channel=Channel.PUSH)
    return notice.facts["follow"], notice.facts["refs"]


def address(services: Services, text: str = PHONE) -> str:
    """As the phone is followed."""
    return services.push.subscription(text).address()


def found(services: Services, text: str = PHONE) -> set[str]:
    """The tables in which anything of the phone stands, sealed or not."""
    vault, kept = vault_of(services), address(services, text)
    digest, parts = services.following.digest_of(Channel.PUSH, kept), json.loads(text)
    wanted = (digest, kept.encode(), parts["endpoint"].encode(), parts["keys"]["auth"].encode())
    hits = set()
    with services.database.reading() as connection:
        for table in METADATA.sorted_tables:
            for row in connection.execute(select(table)).mappings():
                for name, value in row.items():
                    plain = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                    if name.startswith("sealed_") and value is not None and table.name in ("follow", "notice"):
                        plain = vault.open(value, f"{table.name}.{name}", row["id"])
                    if any(part in plain for part in wanted):
                        hits.add(table.name)
    return hits
