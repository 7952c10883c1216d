"""A head looks through the list of the neighbourhood: the same story at the site and in Telegram."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Protocol

import pytest

from salur.core.limits.asker import Asker
from salur.core.lookup.answers import OnTheList
from salur.core.officers.roles import Officer, Role
from salur.core.people.nik import Nik
from salur.wiring import Services
from tests.bot.running import RunningBot, telegram_of
from tests.botapi.server import BotApiServer
from tests.fixtures.office import Announced, Office, Recipient, Reported, a_kk, a_nik
from tests.fixtures.officers import Heads, SignedIn
from tests.journeys.doors import plain, readable

Enter = Callable[[Officer], SignedIn]
ROW = re.compile(r'class="who">(\w+)')
LINE = re.compile(r"^\d+\. (\w+)", re.MULTILINE)


class Door(Protocol):
    """Where a head looks at the list."""

    def sees(self) -> list[str]:
        """The first names of everyone on the list."""

    def reads(self) -> str:
        """All that is there to read, as one line."""

    def sees_who_has_not_collected(self, rt: int) -> list[str]:
        """Of one RT those who did not come, or whose money went back."""


class SiteDoor:
    """He opens the page on his phone."""

    def __init__(self, browser: SignedIn) -> None:
        self._browser = browser

    def sees(self) -> list[str]:
        """Open the list."""
        return [name.capitalize() for name in ROW.findall(self._browser.opens("/wilayah").text)]

    def reads(self) -> str:
        """Open the list."""
        return readable(self._browser.opens("/wilayah").text)

    def sees_who_has_not_collected(self, rt: int) -> list[str]:
        """Open it with both filters."""
        page = self._browser.opens(f"/wilayah?rt={rt}&keadaan=belum")
        return [name.capitalize() for name in ROW.findall(page.text)]


class BotDoor:
    """He asks in the linked chat."""

    def __init__(self, telegram: BotApiServer, services: Services, officer: Officer) -> None:
        self._chat = telegram.private_chat()
        code = services.chat_links.new_code(officer)
        services.chat_links.link(code, self._chat.id, asker=Asker.chat(self._chat.id))

    def sees(self) -> list[str]:
        """Send the command."""
        self._chat.says("/daftar")
        return LINE.findall(self._chat.expects_reply().text)

    def reads(self) -> str:
        """Send the command."""
        self._chat.says("/daftar")
        return plain(self._chat.expects_reply().text)

    def sees_who_has_not_collected(self, rt: int) -> list[str]:
        """Press one button after the other."""
        self.sees()
        self._chat.presses(f"RT {rt:03}")
        reply = self._chat.expects_reply()
        label = next(button for button in reply.buttons if button.startswith("Belum diambil"))
        self._chat.presses(label, on=reply)
        return LINE.findall(self._chat.expects_reply().text)


@pytest.fixture
def head(heads: Heads) -> Officer:
    """The head of RW 5."""
    return heads.create("rw")


@pytest.fixture(params=["site", "bot"])
def door(
    request: pytest.FixtureRequest, services: Services, head: Officer, signed_in: Enter, telegram: BotApiServer
) -> Iterator[Door]:
    """The story runs once at each door."""
    if request.param == "site":
        yield SiteDoor(signed_in(head))
        return
    with RunningBot(telegram_of(services, telegram)):
        yield BotDoor(telegram, services, head)


def test_a_head_finds_who_of_rt_2_has_not_collected(door: Door, office: Office) -> None:
    families = [Recipient(name=name, rt=2) for name in ("ASIH", "BUDI", "CICIH", "DEDE")]
    office.publishes(*families, Recipient(name="EUIS", rt=4), Recipient(name="FITRI", rt=2, rw=6))
    office.hears(Reported(nik=families[3].nik), Reported(row=3, nik=families[1].nik, status="returned"))
    office.announces(Announced(date=dt.date(2026, 2, 17)))
    assert door.sees() == ["Asih", "Budi", "Cicih", "Dede", "Euis"]
    assert door.sees_who_has_not_collected(2) == ["Asih", "Budi", "Cicih"]


def test_a_head_reads_of_a_slip_what_the_resident_reads(door: Door, office: Office) -> None:
    lost, unclear = Recipient(name="ASIH"), Recipient(name="BUDI")
    gone = Recipient(name="CICIH", rt=4)
    office.publishes(lost, unclear, gone, period="2025-T4")
    office.publishes(replace(lost, nik=None), replace(unclear, nik=None, kk=a_kk(), name="BUDI"))
    assert sorted(door.sees()) == ["Asih", "Budi", "Budi", "Cicih"]
    told = door.reads()
    assert "? Mungkin masih terdaftar" in told.replace("\xa0", " ")
    assert "Ada baris di daftar baru yang NIK, KK, atau namanya tidak terbaca atau tidak cocok" in told
    assert told.count("✕ Tidak di daftar lagi") == 1


def test_whoever_was_looked_at_finds_that_in_the_record(door: Door, office: Office, services: Services) -> None:
    nik = a_nik()
    office.publishes(Recipient(name="SITI MAESAROH", nik=nik), Recipient(name="TETANGGA", rw=6))
    assert door.sees() == ["Siti"]
    asker = Asker.address("203.0.113.7")
    answer = services.lookup.ask(Nik.parse(nik), "Siti Maesaroh", asker=asker)
    assert isinstance(answer, OnTheList)
    by_heads = [look for look in services.my_data.history(answer.key, asker=asker).looks if look.role]
    where = "web" if isinstance(door, SiteDoor) else "bot"
    assert [(look.door, look.role, look.what, look.times) for look in by_heads] == [(where, Role.RW, "list", 1)]
