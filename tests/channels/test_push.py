"""News on somebody's phone by Web Push: through a real TLS connection to a push service of our own, opened with the
decoder of the library that browsers' makers wrote."""

from __future__ import annotations

import datetime as dt
import json
import logging
import re
from base64 import urlsafe_b64decode
from email.utils import format_datetime

import pytest
from py_vapid import Vapid02
from sqlalchemy import select

from salur.channels import push
from salur.channels.carrier import MOST
from salur.channels.push import WebPush, shortened
from salur.channels.sender import BEHIND
from salur.core.limits.asker import Asker
from salur.core.notices.channels import Channel
from salur.core.people.nik import Nik
from salur.core.tables.following import FollowRow
from salur.core.tables.notices import NoticeRow
from tests.channels.conftest import sends
from tests.fixtures.office import Announced, Office, Recipient, Reported
from tests.fixtures.push import Answered

ZONE = "Asia/Jakarta"


@pytest.fixture
def office(push_services):
    """The office of the city that knows this push service."""
    return Office(push_services)


@pytest.fixture
def mother():
    """Somebody who is on a list."""
    return Recipient(name="SITI MAESAROH")


@pytest.fixture
def follow(push_services):
    """`follow(family, browser, language)`: ask rightly, and be told on this phone."""

    def begins(family, browser, language="id"):
        answer = push_services.lookup.ask(Nik.parse(family.nik), family.name, asker=Asker("web", "203.0.113.1"))
        address = push_services.push.subscription(browser.to_json()).address()
        assert push_services.following.follow(Channel.PUSH, address, language, answer.way_back)

    return begins


@pytest.fixture
def rows(push_services):
    """`rows()`: the messages in the box."""

    def look():
        with push_services.database.reading() as connection:
            return connection.execute(select(NoticeRow.__table__).order_by(NoticeRow.id)).all()

    return look


@pytest.fixture
def told(push_services, rows):
    """`told(times)`: send until nothing is under way."""

    def until(done=1):
        sends(
            push_services, WebPush(push_services), until=lambda: sum(row.done_at is not None for row in rows()) >= done
        )

    return until


@pytest.fixture
def tried(push_services, push_service, rows):
    """`tried()`: send until the next post was answered, and what came of it is written down."""

    def until():
        before = len(push_service.posts)
        sends(
            push_services,
            WebPush(push_services),
            until=lambda: (
                len(push_service.posts) > before
                and all(row.done_at is not None or row.taken_at is None or row.tries > 0 for row in rows())
            ),
        )

    return until


@pytest.fixture
def queued(push_services, push_service):
    """`queued()`: news of a date for a phone, in the box; gives the browser."""

    def queue(browser=None, good_until=None):
        browser = browser or push_service.browser()
        address = browser.subscription().address()
        with push_services.database.writing() as connection:
            push_services.notices.to_follower(
                connection, Channel.PUSH, address, "id", zone=ZONE, good_until=good_until, follow=7, news=[], refs=[]
            )
        return browser

    return queue


def test_a_day_that_is_set_is_read_on_the_phone(office, clock, mother, follow, push_service, told):
    browser, english = push_service.browser(), push_service.browser()
    office.publishes(mother)
    follow(mother, browser)
    follow(mother, english, "en")
    office.announces(Announced())
    clock.passes(minutes=11)
    told(2)
    posts = {post.path: post for post in push_service.wait_for(2)}
    news = browser.reads(posts["/push/1"])
    assert news["title"] == "Kabar bantuan sosial"
    assert (
        "Ambil bantuan: Selasa, 24 Februari 2026, pukul 08.00–11.00 WIB, di Kantor Kelurahan Tegal Gundil"
        in news["body"]
    )
    assert "atas nama S. M." in news["body"]
    assert "*" not in news["body"]
    assert (news["lang"], news["actions"]) == ("id", [])
    assert re.fullmatch(r"\d+", news["tag"])
    assert re.fullmatch(r"\d+", news["follow"])
    assert set(news) == {"title", "body", "lang", "tag", "follow", "actions"}
    assert "Tuesday, 24 February 2026" in english.reads(posts["/push/2"])["body"]
    assert len(posts["/push/1"].body) == len(posts["/push/2"].body)  # how long a text is the service does not learn
    with pytest.raises(Exception, match="Decryption error"):
        english.reads(posts["/push/1"])


def test_what_is_paid_or_taken_off_comes_with_a_button_that_is_good(
    push_services, office, clock, mother, follow, push_service, told
):
    browser = push_service.browser()
    office.publishes(mother)
    follow(mother, browser)
    office.hears(Reported(nik=mother.nik))
    clock.passes(minutes=11)
    told()
    (post,) = push_service.wait_for(1)
    news = browser.reads(post)
    (button,) = news["actions"]
    assert button["title"] == "Belum saya terima"
    address = browser.subscription().address()
    said = push_services.following.behind(Channel.PUSH, address, int(news["follow"]), button["ref"])
    assert said
    assert said.key


def test_nothing_of_whom_it_is_for_can_be_read_on_the_way_or_in_the_log(
    office, clock, mother, follow, push_service, told, caplog
):
    caplog.set_level(logging.DEBUG)
    browser = push_service.browser()
    office.publishes(mother)
    follow(mother, browser)
    office.announces(Announced())
    clock.passes(minutes=11)
    told()
    (post,) = push_service.wait_for(1)
    news = json.dumps(browser.reads(post))
    for secret in (mother.nik, mother.kk, "MAESAROH", "Maesaroh"):
        assert secret not in news
    assert b"Kabar" not in post.body
    told_in_log = "\n".join(record.getMessage() for record in caplog.records)
    assert "/push/1" not in told_in_log
    assert browser.subscription().auth not in told_in_log


def test_the_service_knows_whose_it_is(push_services, push_service, queued, told, clock):
    queued()
    told()
    (post,) = push_service.wait_for(1)
    scheme, _, signed = post.headers["Authorization"].partition(" ")
    values = dict(part.split("=", 1) for part in signed.split(","))
    assert scheme == "vapid"
    assert values["k"] == push_services.push.public_key()
    assert Vapid02.verify(post.headers["Authorization"])
    middle = values["t"].split(".")[1]
    claims = json.loads(urlsafe_b64decode(middle + "=" * (-len(middle) % 4)))
    assert claims["aud"] == f"https://{push_service.host}"
    assert claims["sub"] == "https://salur.example"
    assert clock().timestamp() < claims["exp"] <= clock().timestamp() + 24 * 3600


def test_how_long_the_service_keeps_it_and_that_it_keeps_one(push_service, queued, told, clock):
    queued()
    queued(good_until=clock() + dt.timedelta(hours=3))
    told(2)
    first, second = sorted(push_service.wait_for(2), key=lambda post: post.path)
    assert (first.headers["TTL"], first.headers["Urgency"]) == ("172800", "normal")
    assert (second.headers["TTL"], second.headers["Urgency"]) == ("10800", "high")
    assert first.headers["Content-Encoding"] == "aes128gcm"
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,32}", first.headers["Topic"])
    assert first.headers["Topic"] != second.headers["Topic"]


@pytest.mark.parametrize("status", [404, 410])
def test_a_phone_that_is_there_no_longer_is_followed_no_longer(
    push_services, office, clock, mother, follow, push_service, told, status
):
    gone, there = push_service.browser(), push_service.browser()
    office.publishes(mother)
    follow(mother, gone)
    office.announces(Announced())
    clock.passes(minutes=11)
    push_service.answers.append(Answered(status))
    told()
    follow(mother, there)
    with push_services.database.reading() as connection:
        (left,) = connection.execute(select(FollowRow.address_digest)).scalars()
    assert left == push_services.following.digest_of(Channel.PUSH, there.subscription().address())


@pytest.mark.parametrize("status", [400, 401, 403, 413, 500, 502, 503])
def test_what_the_service_does_not_take_is_tried_again_later(push_service, queued, tried, rows, clock, caplog, status):
    queued()
    push_service.answers.append(Answered(status, body=b"<html>no</html>"))
    tried()
    (row,) = rows()
    assert (row.tries, row.done_at) == (1, None)
    assert f"A message (news) did not get through: {status}" in caplog.text
    clock.passes(minutes=6)
    tried()
    assert rows()[0].done_at is not None


@pytest.mark.parametrize(
    "answer",
    [
        Answered(429, {"Retry-After": "120"}),
        Answered(503, {"Retry-After": "120"}),
        Answered(429, {"Retry-After": format_datetime(dt.datetime(2026, 2, 20, 5, 2, tzinfo=dt.UTC), usegmt=True)}),
    ],
)
def test_a_service_that_asks_for_patience_is_left_alone_and_no_try_counts(
    push_service, queued, tried, told, rows, clock, answer
):
    queued()
    push_service.answers.append(answer)
    tried()
    (row,) = rows()
    assert (row.tries, row.taken_at, row.done_at) == (0, None, None)
    assert row.due_at == clock() + dt.timedelta(seconds=120) + BEHIND
    clock.passes(seconds=121)
    told()
    assert len(push_service.posts) == 2


@pytest.mark.parametrize("asked", ["", "soon", "-5", "999999999999", "1" * 500])
def test_a_time_that_is_no_time_or_without_end_holds_nothing_up_for_long(
    push_service, queued, tried, rows, clock, asked
):
    queued()
    push_service.answers.append(Answered(429, {"Retry-After": asked}))
    tried()
    assert clock() < rows()[0].due_at <= clock() + MOST


def test_while_a_service_asks_for_patience_nothing_is_sent(push_services, push_service, queued, rows):
    for _ in range(3 * WebPush.at_once):
        queued()
    # Each that is under way is told so: one that got through would make room for another before the first is heard.
    push_service.answers.extend([Answered(429, {"Retry-After": "60"})] * WebPush.at_once)
    sender = WebPush(push_services)
    sends(
        push_services,
        sender,
        until=lambda: any(row.due_at > push_services.clock() and row.taken_at is None for row in rows()),
    )
    # Those that were under way at the same moment, and not one more.
    assert len(push_service.posts) <= WebPush.at_once
    assert all(row.tries == 0 for row in rows())
    assert all(row.taken_at is None for row in rows() if row.done_at is None)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_no_redirect_is_followed(push_service, queued, tried, rows, status):
    queued()
    push_service.answers.append(Answered(status, {"Location": f"https://{push_service.host}/elsewhere"}))
    tried()
    assert [post.path for post in push_service.posts] == ["/push/1"]
    assert rows()[0].tries == 1


def test_a_service_that_does_not_answer_is_not_waited_for(push_service, queued, tried, rows, monkeypatch, caplog):
    monkeypatch.setattr(push, "IN_ALL", 0.3)
    queued()
    push_service.answers.append(Answered(201, after=1.0))
    tried()
    assert rows()[0].tries == 1
    assert "did not get through: TimeoutError" in caplog.text


def test_an_answer_without_end_is_hardly_read(push_service, queued, told, monkeypatch):
    read: list[int] = []

    really = push.read_a_little

    async def reads(answer):
        await really(answer)
        read.append(answer.num_bytes_downloaded)

    monkeypatch.setattr(push, "read_a_little", reads)
    queued()
    push_service.answers.append(Answered(201, body=bytes(64 << 20)))
    told()
    assert read[0] < 1 << 20


def test_a_service_whose_certificate_is_not_trusted_gets_nothing(
    push_service, queued, push_services, rows, monkeypatch
):
    monkeypatch.delenv("SSL_CERT_FILE")
    queued()
    sends(push_services, WebPush(push_services), until=lambda: rows()[0].tries == 1)
    assert push_service.posts == []


def test_where_a_setting_no_longer_names_a_service_nothing_goes_there(services, push_service, queued, rows):
    queued()
    sends(services, WebPush(services), until=lambda: rows()[0].tries == 1)
    assert push_service.posts == []


def test_a_phone_hears_nothing_at_night(push_service, queued, push_services, told, clock):
    clock.now = dt.datetime(2026, 2, 20, 22, 0, tzinfo=dt.timezone(dt.timedelta(hours=7)))
    queued()
    assert push_services.notices.take(channel=Channel.PUSH) == []
    clock.passes(hours=8)
    told()
    assert len(push_service.posts) == 1


def test_a_text_that_is_too_long_ends_with_a_sentence():
    text = "Satu dua. " * 200
    assert shortened(text).endswith("dua.")
    assert 980 < len(shortened(text)) <= 1000
    assert shortened("Pendek.") == "Pendek."
    assert len(shortened("x" * 2000)) == 1000
