"""Who opened the page from the bot's button is believed for ten minutes, once, and what they try is their chat's."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import quote

import pytest

from salur.config import Settings
from salur.core.asking.answers import Missed
from salur.core.errors import Refused, TooManyAttempts
from salur.core.limits.asker import Asker
from salur.core.limits.kinds import Door
from salur.core.lookup.answers import NotOnTheList, OnTheList
from salur.core.people.nik import Nik
from salur.wiring import Services, build
from tests.fixtures.launches import TOKEN, fields_of, hmac_sha256, launch, person, written
from tests.fixtures.office import Office, Recipient
from tests.fixtures.services import NOON, Clock

CHAT = 5_501_234_567
NOW = NOON.timestamp()
Open = Callable[..., Asker]


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """With a bot."""
    return replace(settings, telegram_token=TOKEN)


@pytest.fixture
def opens(services: Services) -> Open:
    """Open the page with launch data; gives who asks from then on."""
    return lambda data, **told: services.launches.asker(services.launches.open(data).key, **told)


def refused(services: Services, data: str) -> str:
    """The code with which launch data are refused."""
    with pytest.raises(Refused) as caught:
        services.launches.open(data)
    assert not data or data not in str(caught.value)
    return caught.value.code


def test_our_own_hmac_is_the_one_of_the_rfc() -> None:
    """RFC 4231, test cases 2 and 6."""
    assert hmac_sha256(b"Jefe", b"what do ya want for nothing?").hex() == (
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )
    assert hmac_sha256(b"\xaa" * 131, b"Test Using Larger Than Block-Size Key - Hash Key First").hex() == (
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    )


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"signature": "Ab-_9"},  # for third parties; signed like all other fields
        {"chat_type": "private", "chat_instance": "-3788475317572404878", "start_param": ""},
    ],
    ids=["as it always was", "with a signature for others", "with an empty field"],
)
def test_whoever_telegram_vouches_for_asks_as_their_chat_at_the_door_of_the_site(
    more: dict[str, str], opens: Open
) -> None:
    user = person(last_name="Ma'ésaroh & “+ 100%” \\", photo_url="https://t.me/i/userpic/320/a.svg")
    asker = opens(launch(NOW, user, **more), mark="random")
    assert asker == Asker.page_of(CHAT, mark="random")
    assert asker.door is Door.SITE


def test_the_language_of_their_telegram_is_told(services: Services) -> None:
    for at, (code, told) in enumerate([("en-GB", "en-GB"), (None, None), (7, None)]):
        user = person(language_code=code)
        assert services.launches.open(launch(NOW - at, user)).language == told


@pytest.mark.parametrize(
    "change",
    [
        lambda f: written(f, "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaX"),
        lambda f: written(f, ""),
        lambda f: written(f).replace(str(CHAT), str(CHAT + 1)),
        lambda f: written(f).replace(f"auth_date={int(NOW)}", f"auth_date={int(NOW) - 1}"),
        lambda f: written(f) + "&chat_type=private",
        lambda f: written(f).replace("query_id=AAHdF6IQAAAAAN0XohDhrOrc&", ""),
        lambda f: written(f)[:-1] + ("0" if written(f)[-1] != "0" else "1"),
        lambda f: written(f).rpartition("&hash=")[0],
        lambda f: written(f).rpartition("&hash=")[0] + "&hash=",
        lambda f: written(f) + "&" + "user=" + quote(f["user"].replace(str(CHAT), str(CHAT + 1))),
        lambda f: "user=" + quote(f["user"].replace(str(CHAT), "9")) + "&" + written(f),
        lambda f: written(f).replace("hash=", "HASH="),
        lambda _: "",
        lambda _: "hash",
        lambda _: "\ud800=\ud800&hash=\ud800",
        lambda _: "a=%FF&hash=é",
        lambda f: written({**f, "start_param": "x" * 5_000}),
        lambda f: written({**f, **{f"a{n}": "" for n in range(30)}}),
    ],
)  # fmt: skip
def test_what_telegram_has_not_signed_so_is_refused(
    change: Callable[[dict[str, str]], str], services: Services
) -> None:
    assert refused(services, change(fields_of(NOW))) == "launch_forged"


def test_fields_that_were_signed_apart_cannot_be_sent_as_one(services: Services) -> None:
    fields = fields_of(NOW, chat_type="private")
    told = written(fields).rpartition("&hash=")[2]
    fields["chat_type"] += f"\nquery_id={fields.pop('query_id')}"  # the same lines
    sent = "&".join(f"{name}={quote(value)}" for name, value in fields.items())
    assert refused(services, f"{sent}&hash={told}") == "launch_forged"


@pytest.mark.parametrize(
    "user",
    [person(id="5501234567"), person(id=True), person(id=-100), person(id=0), person(is_bot=True), {}, [], 7, "x"],
)
def test_only_a_person_opens_it(user: object, services: Services) -> None:
    assert refused(services, launch(NOW, user)) == "launch_forged"


@pytest.mark.parametrize("gone", ["user", "auth_date"])
def test_without_person_or_time_it_is_nobodys(gone: str, services: Services) -> None:
    fields = fields_of(NOW)
    del fields[gone]
    assert refused(services, written(fields)) == "launch_forged"


@pytest.mark.parametrize("written_as", ["", "soon", "-1", "1e9", "٣", "9" * 13, f"{int(NOW)}.5"])
def test_a_time_is_whole_seconds(written_as: str, services: Services) -> None:
    assert refused(services, written({**fields_of(NOW), "auth_date": written_as})) == "launch_forged"


@pytest.mark.parametrize(("ago", "good"), [(600, True), (601, False), (86_400, False), (-30, True), (-31, False)])
def test_it_is_good_for_ten_minutes_and_not_before_its_time(ago: int, good: bool, services: Services) -> None:
    data = launch(NOW - ago)
    if good:
        assert services.launches.open(data)
    else:
        assert refused(services, data) == "launch_old"


def test_it_is_good_once_in_whatever_order_it_is_written(services: Services, clock: Clock) -> None:
    data = launch(NOW + 30)
    services.launches.open(data)
    assert refused(services, data) == "launch_used"
    assert refused(services, "&".join(reversed(data.split("&")))) == "launch_used"
    clock.passes(seconds=630)
    assert refused(services, data) == "launch_used", "as long as it would be good"
    clock.passes(seconds=1)
    assert refused(services, data) == "launch_old"
    assert services.launches.open(launch(clock.now.timestamp()))


def test_what_was_refused_is_not_spent(services: Services) -> None:
    data = launch(NOW)
    assert refused(services, data + "x") == "launch_forged"
    assert services.launches.open(data)


def test_of_many_at_once_one_wins(services: Services) -> None:
    data, won, lost = launch(NOW), [], []
    barrier = threading.Barrier(8)

    def tries() -> None:
        barrier.wait()
        try:
            won.append(services.launches.open(data))
        except Refused as error:
            lost.append(error.code)

    threads = [threading.Thread(target=tries) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(won), lost) == (1, ["launch_used"] * 7)


def test_the_pass_ends_after_a_quarter_of_an_hour_and_no_other_is_one(services: Services, clock: Clock) -> None:
    key = services.launches.open(launch(NOW)).key
    assert str(CHAT) not in key
    clock.passes(minutes=14, seconds=59)
    assert services.launches.asker(key)
    other = services.asking.keep(Missed("1", "Siti", NotOnTheList()))
    clock.passes(seconds=1)
    for wrong in (key, other, "", key[:-4] + "AAAA", key + "A" * 4_000):
        with pytest.raises(Refused, match="key_expired"):
            services.launches.asker(wrong)


def test_without_a_bot_nothing_is_believed(services: Services, settings: Settings) -> None:
    none = build(replace(settings, telegram_token=""), clock=services.clock)
    for token in (TOKEN, ""):
        assert refused(none, launch(NOW, token=token)) == "launch_forged"
    none.database.dispose()


def test_what_is_tried_in_chat_and_page_is_counted_together(services: Services, office: Office, opens: Open) -> None:
    listed = Recipient()
    office.publishes(listed)
    nik, in_chat, on_page = Nik.parse(listed.nik), Asker.chat(CHAT), opens(launch(NOW))
    for name, asker in (("Budi", in_chat), ("Joko", on_page), ("Agus", in_chat)):
        assert isinstance(services.asking.ask(nik, name, asker=asker), NotOnTheList)
    told = []
    for asker in (in_chat, on_page):
        with pytest.raises(TooManyAttempts) as closed:
            services.asking.ask(nik, listed.name, asker=asker)
        told.append((closed.value.scope, closed.value.retry_in))
    assert told[0] == told[1]
    neighbour = opens(launch(NOW, person(CHAT + 1)))
    assert isinstance(services.asking.ask(nik, listed.name, asker=neighbour), OnTheList)


def test_the_record_says_that_it_was_the_site(services: Services, office: Office, opens: Open) -> None:
    listed = Recipient()
    office.publishes(listed)
    asker = opens(launch(NOW))
    answer = services.asking.ask(Nik.parse(listed.nik), listed.name, asker=asker)
    assert isinstance(answer, OnTheList)
    assert [look.door for look in services.my_data.history(answer.key, asker=asker).looks] == [Door.SITE]
