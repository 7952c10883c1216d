"""One message that is not right, or one channel that asks for too much, holds up nobody else."""

from __future__ import annotations

import asyncio
import datetime as dt
import json

import pytest
from sqlalchemy import insert

from salur.channels.carrier import LEAST, MOST, TryLater
from salur.channels.push import payload
from salur.channels.sender import AHEAD
from salur.core.notices.answers import Notice
from salur.core.notices.channels import Channel
from salur.core.notices.rows import CONTENT
from salur.core.storage.database import fresh_ids
from salur.core.tables.notices import NoticeRow
from salur.words.language import language
from tests.channels.conftest import Post, sends
from tests.fixtures.services import vault_of

DECADE = dt.timedelta(days=3650)
WRONG = {
    "of another row": lambda vault, id: vault.seal_json({"chat": 1, "language": None, "facts": {}}, CONTENT, id + 1),
    "cut off": lambda vault, id: vault.seal(b"{", CONTENT, id)[:20],
    "no JSON": lambda vault, id: vault.seal(b"\xff{", CONTENT, id),
    "a list": lambda vault, id: vault.seal_json([1], CONTENT, id),
    "without facts": lambda vault, id: vault.seal_json({"chat": 1, "language": None}, CONTENT, id),
    "nothing": lambda _vault, _id: b"",
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_cannot_be_opened_holds_up_nobody(services, clock, rows, wrong):
    vault = vault_of(services)
    with services.database.writing() as connection:
        for id in fresh_ids(3 * AHEAD):
            sealed = WRONG[wrong](vault, id)
            values = {"id": id, "code": "unlinked", "chat_digest": b"1" * 32, "sealed_content": sealed, "tries": 0}
            connection.execute(insert(NoticeRow).values(values | {"made_at": clock(), "due_at": clock()}))
        services.notices.to_chat(connection, 4711, "unlinked", None)
    post = Post()
    sends(services, post, until=lambda: bool(post.addresses))
    assert post.addresses == ["4711"]
    assert sum(row.given_up_at is not None for row in rows()) == 3 * AHEAD


@pytest.mark.parametrize(
    "unexpected",
    [
        asyncio.CancelledError("Tegal Gundil"),
        StopIteration("Tegal Gundil"),
        RecursionError("Tegal Gundil"),
        MemoryError(),
    ],
)
def test_whatever_a_carrier_raises_holds_up_nobody(services, rows, caplog, unexpected):
    """A library that ends its own task says `CancelledError`, as who wants us to stop does."""
    with services.database.writing() as connection:
        for chat in (4711, 4712):
            services.notices.to_chat(connection, chat, "unlinked", None)
    post = Post()
    post.says = [unexpected]
    sends(services, post, until=lambda: bool(post.addresses))
    assert post.addresses == ["4712"]
    assert [row.tries for row in rows()] == [1, 0]
    assert "Tegal" not in caplog.text


@pytest.mark.parametrize("facts", [{}, {"news": [{"kind": "of a later version"}]}, {"news": 7}])
def test_news_as_another_version_writes_them_hold_up_nobody(services, clock, rows, facts):
    with services.database.writing() as connection:
        services.notices.to_chat(connection, 4711, "news", None, **facts)
        services.notices.to_chat(connection, 4711, "no such code", None)
        services.notices.to_chat(connection, 4712, "unlinked", None)

    post = Post()
    sends(services, post, until=lambda: bool(post.addresses))
    assert post.addresses == ["4712"]
    assert sorted(row.tries for row in rows()) == [0, 1, 1]


@pytest.mark.parametrize(
    ("asked", "waited"),
    [(dt.timedelta(), LEAST), (-DECADE, LEAST), (DECADE, MOST), (dt.timedelta(seconds=7), dt.timedelta(seconds=7))],
)
def test_however_long_a_channel_wants_to_be_left_alone_it_is_asked_again_in_between(
    services, clock, rows, asked, waited
):
    with services.database.writing() as connection:
        services.notices.to_chat(connection, 4711, "unlinked", None)

    class Asking(Post):
        async def carry(self, notice, say):
            await super().carry(notice, say)
            raise TryLater(asked)

    post = Asking()
    sends(services, post, until=lambda: rows()[0].taken_at is None and bool(post.addresses))
    assert rows()[0].due_at == clock() + waited
    assert len(post.addresses) == 1


def test_a_place_that_an_office_writes_in_pictures_fits_into_what_a_push_service_takes(clock):
    """4,096 bytes, of which 103 are the seal's (RFC 8188)."""
    place = "🏢" * 900
    day: dict[str, object] = {
        "starts": "2026-02-24T08:00+07:00",
        "ends": "2026-02-24T11:00+07:00",
        "zone": "Asia/Jakarta",
    }
    day |= {"place": place, "address": place, "at_home": False}
    one: dict[str, object] = {
        "kind": "date_set",
        "programme_name": "P" * 900,
        "period": "2026-T1",
        "payee": "S. M.",
        "aid": "a",
        "day": day,
    }
    one |= dict.fromkeys(("was", "amount", "paid_on", "paid_at", "reason", "office"))
    facts = {
        "follow": 2**62,
        "news": [one, {**one, "kind": "paid"}, {**one, "kind": "taken_off"}],
        "refs": ["f" * 16] * 3,
    }
    sent = payload(Notice(2**62, Channel.PUSH, "", "news", None, facts, clock(), clock()), language("id"))
    assert len(sent) <= 4096 - 103
    assert json.loads(sent)["body"].startswith("📅 Tanggalnya sudah ada.")
