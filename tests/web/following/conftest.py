"""Whoever wants to be told of changes, with a phone."""

from __future__ import annotations

import re

import pytest

from tests.fixtures.office import Announced, Recipient
from tests.web.conftest import TOKEN, Visitor

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
