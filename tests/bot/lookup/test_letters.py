"""A chat takes the code of a letter that Salur printed, as it takes a NIK."""

from __future__ import annotations

import pytest

from salur.core.letters.issuing.kinds import Withdrawal
from salur.core.people.letter_codes import Unguessable
from tests.bot.conftest import NAME
from tests.botapi.chats import Chat
from tests.fixtures.letters import Press
from tests.fixtures.office import Recipient

LISTED = "Nama ini terdaftar sebagai penerima bantuan."


@pytest.fixture
def code(listed: Recipient, press: Press) -> str:
    """What stands on Siti Maesaroh's letter."""
    return press.prints().code()


@pytest.mark.parametrize("write", ["{}", "kode surat: {}", "Kode: {}."])
def test_code_and_name_open_the_answer(write: str, code: str, chat: Chat) -> None:
    chat.says(write.format(code.lower()))
    assert "nama" in chat.expects_reply().text
    chat.says(NAME)
    assert LISTED in chat.expects_reply().text


@pytest.mark.parametrize("written", ["{} {}", "{}\n{}", "kode: {}\nnama: {}"])
def test_both_in_one_message_open_it_and_the_message_is_deleted(written: str, code: str, chat: Chat) -> None:
    message = chat.says(written.format(code, NAME))
    assert LISTED in chat.expects_reply().text
    assert message in chat.deleted


def test_a_letter_that_was_withdrawn_opens_nothing(code: str, press: Press, chat: Chat) -> None:
    press.services.letter_desk.withdraw(press.officer, 1, Withdrawal.LOST)
    chat.says(f"{code} {NAME}")
    withdrawn = chat.expects_reply().text
    assert LISTED not in withdrawn
    chat.says(f"{Unguessable.new().grouped} {NAME}")
    assert chat.expects_reply().text == withdrawn
