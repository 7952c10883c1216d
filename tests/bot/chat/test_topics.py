"""A group with topics: the answer comes where the question was."""

from __future__ import annotations

import pytest

from tests.bot.conftest import NIK
from tests.bot.running import RunningBot
from tests.botapi.chats import Chat
from tests.botapi.rules import Json
from tests.botapi.server import BotApiServer
from tests.fixtures.office import Announced, Office

TOPIC: Json = {"message_thread_id": 77, "is_topic_message": True}


@pytest.fixture
def forum(bot: RunningBot, telegram: BotApiServer) -> Chat:
    group = telegram.group_chat(bot_is_admin=True)
    group.json["is_forum"] = True
    return group


def asks(group: Chat, text: str, where: Json) -> None:
    length = len(text.split()[0])
    group.sends({"text": text, "entities": [{"type": "bot_command", "offset": 0, "length": length}]} | where)


def test_the_answer_comes_in_the_topic_of_the_question(forum: Chat, office: Office) -> None:
    office.announces(Announced())
    asks(forum, "/jadwal tegalgundil", TOPIC)
    reply = forum.expects_reply()
    assert "Selasa, 24 Februari 2026" in reply.text
    assert reply.json["message_thread_id"] == 77


@pytest.mark.parametrize("where", [{}, {"message_thread_id": 1234}])  # a thread of replies is no topic
def test_outside_of_topics_none_is_named(forum: Chat, where: Json) -> None:
    asks(forum, "/jadwal", where)
    assert "message_thread_id" not in forum.expects_reply().json


def test_a_button_in_a_topic_is_answered_there(forum: Chat) -> None:
    forum.sends({"text": NIK} | TOPIC)
    warning = forum.expects_reply()
    assert warning.json["message_thread_id"] == 77
    forum.forges("nothing", warning)
    assert forum.expects_reply().json["message_thread_id"] == 77


@pytest.mark.parametrize("where", [{}, TOPIC])
def test_where_the_topic_is_closed_the_answer_comes_in_private(
    forum: Chat, telegram: BotApiServer, where: Json
) -> None:
    private = telegram.private_chat()
    forum.closed_topics.add(where.get("message_thread_id"))
    command = [{"type": "bot_command", "offset": 0, "length": 7}]
    forum.sends({"text": "/jadwal", "entities": command} | where, by=private.person)
    assert "/jadwal Tegalgundil" in private.expects_reply().text
    assert forum.unread == []


def test_who_cannot_be_written_to_in_private_breaks_nothing(forum: Chat) -> None:
    forum.closed_topics.add(None)
    asks(forum, "/jadwal", {})
    asks(forum, "/jadwal", TOPIC)
    assert "/jadwal" in forum.expects_reply().text
