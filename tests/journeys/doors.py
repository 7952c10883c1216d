"""The two doors as a resident meets them: one `asks`, and what is there to read afterwards."""

from __future__ import annotations

import html
import re
from itertools import count
from typing import Protocol, Self

from flask import Flask

from tests.botapi.server import BotApiServer

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
KEY = re.compile(r'name="kunci" value="([^"]+)"')
CONTEST = re.compile(
    r'action="(/pengajuan/tentang)".*?value="([^"]+)".*?name="kunci" value="([^"]+)".*?<button[^>]*>([^<]+)', re.DOTALL
)
CALENDAR = re.compile(r'href="(/jadwal/sesi/[^"]+\.ics[^"]*)"')
MAIN = re.compile(r"<main\b.*?</main>", re.DOTALL)
# A pressed button cannot be told from words once the tags are gone, so in the site's text blocks end in a space.
TAG = re.compile(r"</?(?:strong|b|em|span)\b[^>]*>")
BLOCK = re.compile(r"<[^>]*>")
_addresses = count(1)


class Resident(Protocol):
    """Someone at a door."""

    def asks(self, number: str, name: str) -> str:
        """Ask, and give all that can be read then, as one line."""

    def insists(self, number: str, name: str) -> str:
        """Answer what asked to look at the number once more."""

    def sees_who_looked(self) -> str:
        """Press the button under the last answer, and give all that can be read then."""

    def contests(self, label: str) -> tuple[str, str]:
        """Press a button under the last answer, and send what it leads to; gives what can be read before and after."""

    def saves_to_calendar(self) -> str:
        """Take the calendar file of the one sitting that the last answer tells; gives its text."""

    def another(self) -> Resident:
        """Somebody else at the same door."""


class BotDoor:
    """A person in a private chat with the running bot."""

    def __init__(self, telegram: BotApiServer) -> None:
        self._telegram = telegram
        self._chat = telegram.private_chat()

    def another(self) -> Self:
        """A chat with somebody else."""
        return type(self)(self._telegram)

    def asks(self, number: str, name: str) -> str:
        """Send the number, and the name once the bot asks for it; gives the last reply."""
        self._chat.says("/cek")
        self._chat.expects_reply()
        return self.insists(number, name)

    def insists(self, number: str, name: str) -> str:
        """Send the number to a bot that waits for one; only the name, if it is the name that it asked for again."""
        waits_for_the_name = self._chat.replies[-1].text.endswith("Kirim sekali lagi.")
        if not waits_for_the_name:
            self._chat.says(number)
            reply = self._chat.expects_reply().text
            if "Sekarang ketik nama" not in reply:
                return plain(reply)
        self._chat.says(name)
        while self._chat.unread and self._chat.unread[0].venue:
            self._chat.expects_reply()
        return plain(self._chat.expects_reply().text)

    def sees_who_looked(self) -> str:
        """Press the button; the place on the map may come in between."""
        self._chat.presses("Siapa melihat data saya?")
        while (reply := self._chat.expects_reply()).venue:
            pass
        return plain(reply.text)

    def saves_to_calendar(self) -> str:
        """Press the button under the last answer; gives the file that comes, its lines unfolded."""
        self._chat.presses("📅 Simpan ke kalender")
        while (reply := self._chat.expects_reply()).document is None:
            pass
        return unfolded(reply.document.content)

    def contests(self, label: str) -> tuple[str, str]:
        """Press it, and then the one that sends."""
        told = []
        for pressed in (label, "Kirim"):
            self._chat.presses(pressed)
            told.append(plain(self._chat.expects_reply().text))
        return told[0], told[1]


class SiteDoor:
    """A phone with the site open, at an address of its own."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._client = app.test_client()
        self._from = {"REMOTE_ADDR": f"203.0.113.{next(_addresses) % 250 + 1}"}

    def another(self) -> Self:
        """Another phone, at another address."""
        return type(self)(self._app)

    def asks(self, number: str, name: str) -> str:
        """Fill in the form and send it; gives the text of the page that comes."""
        token = TOKEN.search(self._client.get("/", environ_base=self._from).text)
        assert token
        return self._sends(csrf_token=token[1], nomor=number, nama=name)

    def insists(self, number: str, name: str) -> str:
        """Send the form that came back, with all that is hidden in it."""
        hidden = dict(HIDDEN.findall(self._page))
        return self._sends(**hidden, nomor=number, nama=name)

    def _sends(self, **fields: str) -> str:
        self._page = self._client.post("/cek", data=fields, environ_base=self._from, follow_redirects=True).text
        return readable(self._page)

    def sees_who_looked(self) -> str:
        """Press the button, which is a form of the page."""
        token, key = TOKEN.search(self._page), KEY.search(self._page)
        assert token
        assert key
        fields = {"csrf_token": token[1], "kunci": key[1]}
        return readable(
            self._client.post("/data-saya", data=fields, environ_base=self._from, follow_redirects=True).text
        )

    def saves_to_calendar(self) -> str:
        """Follow the link of the last answer; gives the file that comes, its lines unfolded."""
        link = CALENDAR.search(self._page)
        assert link
        return unfolded(self._client.get(html.unescape(link[1]), environ_base=self._from).data)

    def contests(self, label: str) -> tuple[str, str]:
        """Press the button, which is a form of the page, and then the one of the page that comes."""
        forms = CONTEST.findall(self._page)
        (address, token, key), *_ = [form[:3] for form in forms if form[3] == label]
        fields = {"csrf_token": token, "kunci": key}
        pages = [
            self._client.post(address, data=data, environ_base=self._from, follow_redirects=True).text
            for data in (fields, {**fields, "cerita": ""})
        ]
        return readable(pages[0]), readable(pages[1])


def readable(page: str) -> str:
    """The words of a page's main part, as one line."""
    main = MAIN.search(page)
    assert main
    return plain(html.unescape(BLOCK.sub(" ", TAG.sub("", main[0]))))


def plain(text: str) -> str:
    """One line with single spaces, and none before a full stop or comma."""
    return re.sub(r" ([.,])", r"\1", " ".join(text.split()))


def unfolded(file: bytes) -> str:
    """A calendar's text, its long lines whole again."""
    return file.decode().replace("\r\n ", "")
