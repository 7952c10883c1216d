"""A circular reaches every RT of one kelurahan, and the lurah sees the two who have not acknowledged.

The heads read it at the site or in Telegram; Dinsos writes, and the lurah looks, at the site.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from typing import Protocol

import pytest

from salur.core.officers.roles import Officer, Role
from salur.wiring import Services
from tests.bot.running import RunningBot, telegram_of
from tests.botapi.server import BotApiServer
from tests.fixtures.circulars import BANTAR_JATI, TITLE
from tests.fixtures.office import TEGAL_GUNDIL
from tests.fixtures.officers import Heads, SignedIn

Enter = Callable[[Officer], SignedIn]
# RW and RT of the kelurahan; the last two forget to press.
PLACES = [(5, 1), (5, 2), (5, 3), (6, 1), (6, 2)]


class Reader(Protocol):
    """A head of an RT, at one of the doors."""

    def finds(self) -> str:
        """What he gets to read of what waits for him."""

    def says_read(self) -> None:
        """Press *Sudah dibaca*."""

    def passes_on(self) -> None:
        """Press *Sudah disampaikan*."""


class SiteReader:
    """He signs in and opens his inbox."""

    def __init__(self, browser: SignedIn) -> None:
        self._browser = browser

    def finds(self) -> str:
        """Open the inbox, and what stands first there."""
        listed = re.search(r'href="(/edaran/kotak/\d+)"', self._browser.opens("/edaran/kotak").text)
        if listed is None:
            return ""
        self._address = listed[1]
        return text_of(self._browser.opens(self._address).text)

    def says_read(self) -> None:
        """Press the first button."""
        self._browser.posts(f"{self._address}/baca")

    def passes_on(self) -> None:
        """Press the second."""
        self._browser.posts(f"{self._address}/sampai")


class BotReader:
    """He waits until his phone makes a sound."""

    def __init__(self, telegram: BotApiServer) -> None:
        self.chat = telegram.private_chat()

    def finds(self) -> str:
        """Read what came."""
        return self.chat.expects_reply().text

    def says_read(self) -> None:
        """Press the first button."""
        self.chat.presses("Sudah dibaca")
        assert "Dicatat: sudah dibaca." in self.chat.expects_reply().text

    def passes_on(self) -> None:
        """Press the second."""
        self.chat.presses("Sudah disampaikan")
        assert "Dicatat: sudah disampaikan." in self.chat.expects_reply().text


@pytest.fixture(params=["at the site", "in Telegram"])
def reader_for(
    request: pytest.FixtureRequest, services: Services, signed_in: Enter
) -> Iterator[Callable[[Officer], Reader]]:
    """Who a head is at the door of this telling."""
    if request.param == "at the site":
        yield lambda officer: SiteReader(signed_in(officer))
        return
    telegram: BotApiServer = request.getfixturevalue("telegram")
    link: Callable[[Officer, int], None] = request.getfixturevalue("link")

    def linked(officer: Officer) -> Reader:
        reader = BotReader(telegram)
        link(officer, reader.chat.id)
        return reader

    with RunningBot(telegram_of(services, telegram)):
        yield linked


def text_of(page: str) -> str:
    """What a reader sees of a page."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split()).replace(" :", ":")


def sends(desk: SignedIn) -> str:
    """Dinsos writes a circular to all levels of Tegal Gundil, looks at it and sends it; gives its address."""
    looked = desk.posts(
        "/edaran/tulis",
        number="SE Dinsos 460/88/2026",
        issued_on="2026-02-18",
        issuer="kota",
        title=TITLE,
        text="Surat dibagikan paling lambat Senin.",
        levels=["kelurahan", "rw", "rt"],
        areas=[TEGAL_GUNDIL],
    )
    return desk.posts(f"{looked.location}/kirim").location.partition("?")[0]


def test_a_circular_reaches_every_rt_and_the_lurah_sees_the_two_who_have_not_acknowledged(
    reader_for: Callable[[Officer], Reader], heads: Heads, signed_in: Enter
) -> None:
    readers = [reader_for(heads.create(Role.RT, rw=rw, rt=rt)) for rw, rt in PLACES]
    lurah, next_door = heads.create(Role.KELURAHAN), heads.create(Role.KELURAHAN, area=BANTAR_JATI)

    address = sends(signed_in(heads.create(Role.DINSOS)))

    for reader in readers:
        assert TITLE in reader.finds()
    for reader in readers[:3]:
        reader.says_read()
    readers[0].passes_on()

    seen = text_of(signed_in(lurah).opens(address).text)
    not_yet = seen.partition("Yang belum")[2].partition("Menurut wilayah")[0]
    assert not_yet.split(" Ketua ")[1:] == ["RT 001 RW 006 Tegal Gundil", "RT 002 RW 006 Tegal Gundil "]
    assert "3 dari 3 sudah membaca, 1 sudah menyampaikan" in seen
    assert "0 dari 2 sudah membaca" in seen
    assert signed_in(next_door).opens(address).status_code == 404

    for reader in readers[3:]:
        reader.passes_on()
    assert "Semua yang punya akun sudah menandai." in text_of(signed_in(lurah).opens(address).text)
