"""The bot or Telegram is away, Telegram wants to be left alone, somebody blocks: nobody hears twice, nobody is lost."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert

from salur.core.lists.kinds import State
from salur.core.notices.channels import Channel
from salur.core.tables.following import FollowRow
from salur.core.tables.regions import OfficeRow
from salur.wiring import Services
from tests.bot.running import RunningBot
from tests.botapi.chats import Chat
from tests.botapi.rules import too_many_requests
from tests.botapi.server import BotApiServer
from tests.fixtures.office import TEGAL_GUNDIL, Announced, Office, Recipient, Reported
from tests.fixtures.proposals import rows
from tests.fixtures.services import Clock
from tests.journeys.telling.town import Follower, has_begun

FOLLOWERS = 15
WIB = ZoneInfo("Asia/Jakarta")
Settled = Callable[[], None]


@pytest.fixture
def people(office: Office) -> list[Recipient]:
    """Fifteen families of RW 1 to 5."""
    found = [Recipient(row=n + 2, name=f"SITI {name}", rw=n % 5 + 1) for n, name in enumerate("ABCDEFGHIJKLMNO")]
    found = [replace(one, name=f"{one.name}MINAH") for one in found]
    office.publishes(*found)
    return found


@pytest.fixture
def chats(services: Services, telegram: BotApiServer, people: list[Recipient]) -> list[Chat]:
    """A chat for each, which follows."""
    found = [Follower(telegram.private_chat(), "id", [n]) for n in range(FOLLOWERS)]
    for one in found:
        has_begun(services, one, people)
    return [one.chat for one in found]


def heard(chat: Chat) -> list[str]:
    """The first line of all that a chat was told, without its sign."""
    return [reply.text.split(" ", 1)[1].split(".")[0] for reply in chat.replies]


def test_what_happens_while_the_bot_is_away_for_an_hour_is_told_once_and_what_is_over_is_not(
    bot_services: Services,
    office: Office,
    clock: Clock,
    chats: list[Chat],
    people: list[Recipient],
    all_is_told: Settled,
) -> None:
    office.announces(
        Announced(rw=1, date=dt.date(2026, 2, 26)),
        Announced(rw=2, date=dt.date(2026, 2, 23)),  # to be brought to mind on the 21st at nine
        Announced(rw=4, date=dt.date(2026, 2, 25)),
    )
    clock.passes(minutes=10)
    with RunningBot(bot_services):
        all_is_told()
        clock.now = dt.datetime(2026, 2, 21, 8, 50, tzinfo=WIB)
        all_is_told()
    # From here on nobody looks and nobody sends.
    this_morning = Announced(rw=3, date=dt.date(2026, 2, 21), starts=dt.time(9), ends=dt.time(9, 45))
    office.announces(Announced(rw=1, date=dt.date(2026, 2, 27)), this_morning)
    office.announces(replace(this_morning, rw=4))
    office.hears(*(Reported(nik=one.nik, name=one.name) for one in people if one.rw == 5))
    clock.now = dt.datetime(2026, 2, 21, 9, 50, tzinfo=WIB)
    for _ in range(2):
        with RunningBot(bot_services):
            all_is_told()
        clock.passes(minutes=30)
    expected = {
        1: ["Tanggalnya sudah ada", "Jadwal berubah"],
        2: ["Tanggalnya sudah ada", "Jangan lupa"],
        3: [],  # the day was set and over before they could be told
        4: ["Tanggalnya sudah ada", "Jadwal ditarik"],  # they would come on the 25th
        5: ["Sudah dibayarkan pada 12 Februari 2026 di Kantor Pos Bogor"],
    }
    assert [heard(chat) for chat in chats] == [expected[one.rw or 0] for one in people]


def test_whom_telegram_asks_to_wait_waits_and_everybody_hears_once(
    bot: RunningBot,
    telegram: BotApiServer,
    office: Office,
    clock: Clock,
    chats: list[Chat],
    all_is_told: Settled,
) -> None:
    sent: list[float] = []
    telegram.fails("sendMessage", too_many_requests(2), times=1)
    office.announces(Announced())
    clock.passes(minutes=10)
    telegram.wait_for("a 429", lambda: [r for r in telegram.requests if r.status == 429])
    refused, tried = time.monotonic(), len(telegram.calls("sendMessage"))
    assert tried == 1
    clock.passes(seconds=3)
    while len(telegram.calls("sendMessage")) == tried:
        time.sleep(0.01)
        sent = [time.monotonic() - refused]
        assert sent[0] < 10
    assert sent[0] >= 1.9, "it was to wait two seconds"
    clock.passes(seconds=5)
    all_is_told()
    assert [heard(chat) for chat in chats] == [["Tanggalnya sudah ada"]] * FOLLOWERS


def test_telegram_away_loses_nobody_a_word(
    bot_services: Services,
    telegram: BotApiServer,
    office: Office,
    clock: Clock,
    chats: list[Chat],
    all_is_told: Settled,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("salur.bot.notices.carrier.AWAY", dt.timedelta(seconds=0.2))
    with RunningBot(bot_services):
        telegram.wait_for("a poll", lambda: telegram.is_polled)
        with telegram.away():
            office.announces(Announced())
            clock.passes(minutes=10)
            time.sleep(0.5)
        assert [heard(chat) for chat in chats] == [[]] * FOLLOWERS
        clock.passes(minutes=6)
        all_is_told()
    assert [heard(chat) for chat in chats] == [["Tanggalnya sudah ada"]] * FOLLOWERS


def test_a_block_ends_the_following_of_one_and_nobody_elses(
    services: Services,
    bot: RunningBot,
    office: Office,
    clock: Clock,
    chats: list[Chat],
    all_is_told: Settled,
) -> None:
    blocking, *others = chats
    blocking.blocks_the_bot()
    office.announces(Announced())
    clock.passes(minutes=10)
    all_is_told()
    assert [heard(chat) for chat in others] == [["Tanggalnya sudah ada"]] * len(others)
    assert services.following.count(Channel.TELEGRAM, str(blocking.id)) == 0
    assert len(rows(services, FollowRow)) == len(others)
    blocking.unblocks_the_bot()
    office.announces(Announced(date=dt.date(2026, 2, 26)))
    clock.passes(hours=2)
    all_is_told()
    assert heard(blocking) == []


def test_a_language_chosen_later_is_that_of_what_is_told(
    bot: RunningBot, office: Office, clock: Clock, chats: list[Chat], all_is_told: Settled
) -> None:
    chat, other, *_ = chats
    for label in ("English", "Basa Sunda"):
        chat.says("/bahasa")
        chat.expects_reply()
        chat.presses(label)
        chat.expects_reply()
    before = len(chat.replies)
    office.announces(Announced())
    clock.passes(minutes=10)
    all_is_told()
    assert [reply.text.split(".")[0] for reply in chat.replies[before:]] == ["📅 Tanggalna parantos aya"]
    assert heard(other) == ["Tanggalnya sudah ada"]


def test_who_is_suspended_reads_why_and_where_to_ask_as_in_the_answer_and_no_button_that_leads_nowhere(
    services: Services,
    bot: RunningBot,
    office: Office,
    clock: Clock,
    chats: list[Chat],
    people: list[Recipient],
    all_is_told: Settled,
) -> None:
    with services.database.writing() as connection:
        where = {"address": "Jl. Achmad Adnawijaya No. 1", "phone": "0251 8312345", "hours": "Senin-Jumat 08.00-15.00"}
        name = "Kantor Kelurahan Tegal Gundil"
        connection.execute(insert(OfficeRow).values(code=TEGAL_GUNDIL, name=name, **where))
    office.publishes(replace(people[0], state=State.SUSPENDED, reason="account_problem"), *people[1:])
    clock.passes(minutes=10)
    all_is_told()
    (told,) = chats[0].replies
    asked = Follower(chats[0], "id", [0]).chat
    asked.says(f"{people[0].nik} {people[0].name}")
    answer = asked.expects_reply()
    while answer is told or answer.text == told.text:
        answer = asked.expects_reply()
    for same in (
        "Bantuan ini sedang dihentikan sementara.",
        "Alasan dari kantor: ada masalah pada rekening atau kartu.",
        "Merasa ini salah? Datang ke kelurahan dengan KTP dan KK.",
        "🏢 Kantor Kelurahan Tegal Gundil: Jl. Achmad Adnawijaya No. 1, telepon 0251 8312345, buka Senin-Jumat",
    ):
        assert same in told.text
        assert same in answer.text
    assert told.buttons == ("Berhenti dikabari",)
    assert "Saya masih berhak" not in "".join(answer.buttons)
