"""`resident` is told every story twice: at the site, and in a chat with the bot. Real services, real requests.

On PostgreSQL, where there is one: of SQLite the tests of site and bot tell, and the core's own of both.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from salur.wiring import Services
from tests.bot.running import RunningBot, telegram_of
from tests.fixtures.databases import NewDatabase, databases_of
from tests.fixtures.services import site_of
from tests.journeys.doors import BotDoor, Resident, SiteDoor


@pytest.fixture
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> NewDatabase:
    """Make databases as cities have them; without a server a file does."""
    return databases_of("postgresql" if os.environ.get("SALUR_TEST_POSTGRES") else "sqlite", request, tmp_path)


@pytest.fixture
def bot_door(services: Services, request: pytest.FixtureRequest) -> Iterator[BotDoor]:
    """A person in a chat with the bot."""
    telegram = request.getfixturevalue("telegram")
    with RunningBot(telegram_of(services, telegram)):
        yield BotDoor(telegram)


@pytest.fixture
def site_door(services: Services) -> SiteDoor:
    """A person at the site."""
    return SiteDoor(site_of(services))


@pytest.fixture(params=["site", "bot"])
def resident(request: pytest.FixtureRequest) -> Resident:
    """A person at one of the doors: the story runs once at each."""
    door: Resident = request.getfixturevalue(f"{request.param}_door")
    return door


@pytest.fixture(params=["from the site to the bot", "from the bot to the site"])
def two_doors(request: pytest.FixtureRequest, site_door: SiteDoor, bot_door: BotDoor) -> tuple[Resident, Resident]:
    """Both doors of the same services, in both orders."""
    return (site_door, bot_door) if request.param.startswith("from the site") else (bot_door, site_door)
