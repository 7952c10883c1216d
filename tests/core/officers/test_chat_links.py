"""Linking a Telegram chat to an account: the code of the site, sent to the bot."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select, update

from salur.core.errors import Refused, TooManyAttempts
from salur.core.limits.asker import Asker
from salur.core.officers.chat_links import unlink_within
from salur.core.officers.roles import Officer
from salur.core.tables.officers import AccountRow, ChatLinkRow, LinkCodeRow
from salur.wiring import Services
from tests.fixtures.officers import Heads
from tests.fixtures.services import Clock

CHAT, OTHER_CHAT = 700_100_200, 700_100_300


def links(services: Services, code: str, chat: int = CHAT) -> Officer:
    """Send a code from a chat."""
    return services.chat_links.link(code, chat, asker=Asker.chat(chat))


def test_a_head_links_his_chat_with_the_code_of_the_site(services: Services, heads: Heads, clock: Clock) -> None:
    head = heads.create()
    assert services.chat_links.officer_of(CHAT) is None
    assert services.chat_links.linked(head) is None
    assert links(services, services.chat_links.new_code(head)) == head
    assert services.chat_links.officer_of(CHAT) == head
    assert services.chat_links.linked(head) == clock()


def test_a_code_can_be_typed_as_people_type(services: Services, heads: Heads) -> None:
    code = services.chat_links.new_code(heads.create())
    typed = f" {code.lower().replace('-', ' ')}. "
    assert links(services, typed)


def test_neither_code_nor_chat_can_be_read_in_the_tables(services: Services, heads: Heads) -> None:
    head = heads.create()
    code = services.chat_links.new_code(head)
    with services.database.reading() as connection:
        stored = repr(connection.execute(select(LinkCodeRow.__table__)).all())
    assert code not in stored
    assert code.replace("-", "") not in stored
    links(services, code)
    with services.database.reading() as connection:
        assert str(CHAT) not in repr(connection.execute(select(ChatLinkRow.__table__)).all())


@pytest.mark.parametrize("how", ["wrong", "spent", "expired", "replaced", "closed", "empty"])
def test_a_code_that_is_no_good_is_refused_in_one_way(how: str, services: Services, heads: Heads, clock: Clock) -> None:
    head = heads.create()
    code = services.chat_links.new_code(head)
    if how == "wrong":
        code = code[:-1] + ("7" if code[-1] != "7" else "8")
    elif how == "spent":
        links(services, code, OTHER_CHAT)
    elif how == "expired":
        clock.passes(minutes=10)
    elif how == "replaced":
        services.chat_links.new_code(head)
    elif how == "closed":
        closes(services, head, clock)
    else:
        code = ""
    with pytest.raises(Refused) as refused:
        links(services, code)
    assert (refused.value.code, refused.value.facts) == ("bad_link_code", {})
    assert services.chat_links.officer_of(CHAT) is None


def test_after_three_wrong_codes_a_chat_waits_and_others_do_not(services: Services, heads: Heads, clock: Clock) -> None:
    head = heads.create()
    for _ in range(3):
        with pytest.raises(Refused):
            links(services, "0000-0000")
    code = services.chat_links.new_code(head)
    with pytest.raises(TooManyAttempts):
        links(services, code)
    assert links(services, code, OTHER_CHAT) == head
    clock.passes(hours=24)
    assert links(services, services.chat_links.new_code(head)) == head


def test_a_chat_of_another_account_moves_only_after_it_was_let_go(services: Services, heads: Heads) -> None:
    first, second = heads.create(), heads.create("rt", rt=2)
    links(services, services.chat_links.new_code(first))
    code = services.chat_links.new_code(second)
    with pytest.raises(Refused) as refused:
        links(services, code)
    assert (refused.value.code, refused.value.facts) == ("chat_taken", {})
    assert services.chat_links.officer_of(CHAT) == first
    assert services.chat_links.unlink_chat(CHAT)
    assert links(services, code) == second


def test_the_chat_of_a_closed_account_is_free(services: Services, heads: Heads, clock: Clock) -> None:
    first, second = heads.create(), heads.create("rt", rt=2)
    links(services, services.chat_links.new_code(first))
    closes(services, first, clock)
    assert services.chat_links.officer_of(CHAT) is None
    assert links(services, services.chat_links.new_code(second)) == second
    assert services.chat_links.officer_of(CHAT) == second


def test_a_new_chat_replaces_the_old_one_which_is_told(services: Services, heads: Heads) -> None:
    head = heads.create()
    links(services, services.chat_links.new_code(head))
    links(services, services.chat_links.new_code(head), OTHER_CHAT)
    assert services.chat_links.officer_of(CHAT) is None
    assert services.chat_links.officer_of(OTHER_CHAT) == head
    assert [(int(notice.address), notice.code) for notice in services.notices.take()] == [(CHAT, "unlinked")]


def test_linking_the_same_chat_again_tells_nobody(services: Services, heads: Heads) -> None:
    head = heads.create()
    for _ in range(2):
        assert links(services, services.chat_links.new_code(head)) == head
    assert services.notices.take() == []


def test_unlinking_on_the_site_ends_it_and_the_chat_is_told(services: Services, heads: Heads) -> None:
    head = heads.create()
    links(services, services.chat_links.new_code(head))
    code = services.chat_links.new_code(head)
    services.chat_links.unlink(head)
    assert services.chat_links.officer_of(CHAT) is None
    assert services.chat_links.linked(head) is None
    assert [(int(notice.address), notice.code) for notice in services.notices.take()] == [(CHAT, "unlinked")]
    with pytest.raises(Refused):
        links(services, code)


def test_unlinking_in_the_bot_ends_it(services: Services, heads: Heads) -> None:
    head = heads.create()
    assert not services.chat_links.unlink_chat(CHAT)
    links(services, services.chat_links.new_code(head))
    assert services.chat_links.unlink_chat(CHAT)
    assert services.chat_links.linked(head) is None


def test_closing_and_resetting_take_chat_and_code(services: Services, heads: Heads) -> None:
    head, neighbour = heads.create(), heads.create(rw=6)
    links(services, services.chat_links.new_code(head))
    links(services, services.chat_links.new_code(neighbour), OTHER_CHAT)
    code = services.chat_links.new_code(head)
    with services.database.writing() as connection:
        unlink_within(connection, head.account)
    assert services.chat_links.officer_of(CHAT) is None
    with pytest.raises(Refused):
        links(services, code)
    assert services.chat_links.officer_of(OTHER_CHAT) == neighbour


def test_a_code_that_others_have_seen_is_burnt(services: Services, heads: Heads) -> None:
    code = services.chat_links.new_code(heads.create())
    services.chat_links.burn("0000-0000")
    services.chat_links.burn(code.lower())
    with pytest.raises(Refused):
        links(services, code)


def test_one_code_sent_from_many_chats_at_once_links_one(services: Services, heads: Heads) -> None:
    head = heads.create()
    code = services.chat_links.new_code(head)

    def sends(chat: int) -> bool:
        try:
            return links(services, code, chat) == head
        except Refused:
            return False

    chats = range(1, 9)
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(sends, chats)) == 1
    assert sum(services.chat_links.officer_of(chat) is not None for chat in chats) == 1


def closes(services: Services, officer: Officer, clock: Clock) -> None:
    """Mark the account closed and forget to unlink: not even then is the chat its own."""
    with services.database.writing() as connection:
        connection.execute(update(AccountRow).where(AccountRow.id == officer.account).values(closed_at=clock()))


@pytest.mark.parametrize("how", ["close", "reset"])
def test_the_chat_of_an_account_that_was_closed_or_reset_sees_no_lists(
    how: str, services: Services, heads: Heads
) -> None:
    head = heads.create("rw")
    links(services, services.chat_links.new_code(head))
    code = services.chat_links.new_code(head)
    getattr(services.accounts, how)(heads.create("kelurahan"), head.account)
    assert services.chat_links.officer_of(CHAT) is None
    with pytest.raises(Refused):
        links(services, code)


def test_what_waits_for_the_chat_of_a_closed_account_is_not_sent(services, heads):
    officer = heads.create("rt")
    services.chat_links.link(services.chat_links.new_code(officer), 77, asker=Asker.chat(77))
    with services.database.writing() as connection:
        services.notices.to_account(connection, officer.account, "circular", title="Rahasia kantor")
    services.accounts.close(None, officer.username)
    assert [notice.code for notice in services.notices.take() if notice.code == "circular"] == []
