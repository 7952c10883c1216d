"""An invented kelurahan of 1,000 families, and who follows which of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from salur.core.limits.asker import Asker
from salur.core.lookup.answers import OnTheList
from salur.core.notices.channels import Channel
from salur.core.people.nik import Kk, Nik
from salur.wiring import Services
from tests.botapi.chats import Chat, Message
from tests.botapi.server import BotApiServer
from tests.fixtures.office import Recipient

FAMILIES, FOLLOWS = 1_000, 264
FIRST = "SITI NINA IIS EUIS YAYAH ROHMAH TITIN CUCU ENTIN IMAS ONENG".split()
LAST = "MAESAROH KOMARIAH SUNARTI JUARIAH FATIMAH SUMIATI HALIMAH NURAENI WARSIH AMINAH LESTARI DEWI RUKMINI".split()
AMOUNTS = (600_000, 750_000, 225_000, 900_000)
LANGUAGES = ("id", "en", "su", None)  # None: Telegram says none, and then it is Indonesian
BEGIN = {"id": ("Kabari saya", "Ya"), "en": ("Keep me informed", "Yes"), "su": ("Wartosan abdi", "Muhun")}


def families() -> list[Recipient]:
    """Ten RW of six RT; the number of a family is its place here."""
    return [
        Recipient(
            row=n + 2,
            name=f"{FIRST[n % len(FIRST)]} {LAST[n // 3 % len(LAST)]}",
            rw=1 + n % 10,
            rt=1 + n // 10 % 6,
            amount=AMOUNTS[n % 4],
        )
        for n in range(FAMILIES)
    ]


@dataclass
class Follower:
    """A chat, the language that it speaks, and the numbers of the families that it follows."""

    chat: Chat
    language: str
    families: list[int]
    by_kk: bool = False
    heard: list[Message] = field(default_factory=list)

    def listens(self) -> list[str]:
        """What came since it last did, as people read it."""
        new = self.chat.replies[len(self.heard) :]
        self.heard += new
        return [message.text for message in new]


def followers(telegram: BotApiServer) -> list[Follower]:
    """Most chats follow one family; seventeen families are followed by two chats, ten chats follow three families."""

    def whom() -> Iterator[list[int]]:
        yield from ([n] for n in range(200))
        yield from ([n] for n in range(17))
        yield from ([300 + n, 301 + n, 502 + n] for n in range(0, 100, 10))
        yield from ([700 + n] for n in range(17))

    found = []
    for number, theirs in enumerate(whom()):
        spoken = LANGUAGES[number // 3 % 4]
        chat = telegram.private_chat(language=spoken)
        found.append(Follower(chat, spoken or "id", theirs, by_kk=number % 9 == 4))
    assert sum(len(one.families) for one in found) == FOLLOWS
    return found


def begins(follower: Follower, people: Sequence[Recipient]) -> None:
    """As people do it: check, press, agree. `Chat` sees to it that each button is there."""
    chat = follower.chat
    label, yes = BEGIN[follower.language]
    for number in follower.families:
        one = people[number]
        chat.reads_all()
        chat.says(f"{one.kk if follower.by_kk else one.nik} {one.name}")
        chat.expects_reply()
        for pressed in (label, yes):
            chat.presses(pressed)
            chat.expects_reply()


def has_begun(services: Services, follower: Follower, people: Sequence[Recipient]) -> None:
    """The same without the talk."""
    for number in follower.families:
        one = people[number]
        typed = Kk.parse(one.kk) if follower.by_kk else Nik.parse(one.nik)
        answer = services.lookup.ask(typed, one.name, asker=Asker.chat(follower.chat.id))
        assert isinstance(answer, OnTheList)
        address = str(follower.chat.id)
        assert services.following.follow(Channel.TELEGRAM, address, follower.language, answer.way_back)
