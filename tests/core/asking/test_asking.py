"""One field for all: a letter's code that looks like a ticket's is answered too, and nobody learns which there is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from salur.core.errors import TooManyAttempts
from salur.core.limits.asker import Asker
from salur.core.lookup.answers import NotOnTheList, OnTheList
from salur.core.people.checked_codes import ALPHABET
from salur.core.people.letter_codes import LetterCode
from salur.core.people.nik import recognise
from salur.core.people.ticket_codes import TicketCode
from salur.core.proposals.answers import NoTicket, Status
from salur.core.storage.prepared import Prepared
from salur.core.tables.limits import TallyRow
from tests.fixtures.office import Recipient
from tests.fixtures.proposals import a_draft

NAME = "Siti Maesaroh"


def letter_like_a_ticket(beginning: str = "16100A0O") -> str:
    """The code of a letter, with an O in it, that passes for a ticket's."""
    for number in range(1000, 9999):
        if isinstance(recognise(code := f"{beginning}{number}"), TicketCode):
            return code
    raise AssertionError


LETTER = letter_like_a_ticket()


@pytest.fixture
def ask(services):
    """What is typed at a door, recognised and asked."""

    def asked(number, name=NAME, chat=1):
        return services.asking.ask(recognise(number), name, asker=Asker.chat(chat))

    return asked


def test_a_ticket_is_opened_by_code_and_name(sender, ask):
    code = sender.sends().code.grouped
    assert isinstance(ask(code), Status)
    assert isinstance(ask(code.lower().replace("-", " ")), Status)
    assert ask(code, "Dede Kurnia") == NoTicket()
    assert ask(TicketCode.new().grouped) == NoTicket()


def test_a_report_opens_by_its_code_alone(sender, ask):
    assert isinstance(ask(sender.sends(a_draft("laporan")).code.grouped, ""), Status)


def test_numbers_and_other_letters_are_asked_for_as_before(office, ask):
    mother = Recipient(letter_code="PBP0040")
    office.publishes(mother)
    for number in (mother.nik, mother.kk, "PBP 0040"):
        assert isinstance(ask(number, mother.name), OnTheList)
        assert ask(number, "Dede Kurnia", chat=2) == NotOnTheList()


@pytest.mark.parametrize("typed", [LETTER, LETTER.lower(), f"{LETTER[:5]}-{LETTER[5:]}"])
def test_a_letter_that_looks_like_a_ticket_is_answered(office, ask, typed):
    office.publishes(Recipient(name="SITI MAESAROH", letter_code=LETTER))
    assert isinstance(recognise(typed), TicketCode)
    assert isinstance(ask(typed), OnTheList)


@pytest.mark.parametrize("name", ["Dede Kurnia", "", "0001"])
def test_its_wrong_name_is_told_as_a_ticket_would_be(office, ask, name):
    office.publishes(Recipient(name="SITI MAESAROH", letter_code=LETTER))
    assert ask(LETTER, name) == NoTicket()


def test_a_try_is_counted_once_whatever_there_is(office, sender, ask, services):
    office.publishes(Recipient(letter_code=LETTER))
    ticket = sender.sends().code.grouped
    counts = []
    for chat, number in enumerate((LETTER, ticket, TicketCode.new().grouped), 100):
        before = _tallies(services)
        ask(number, "Dede Kurnia", chat)
        counts.append(_tallies(services) - before)
    # Of the number, of asker and number, budgets of the asker; PostgreSQL locks the one of right answers as well.
    assert counts in ([4, 4, 4], [5, 5, 5])


def test_it_is_closed_after_three_misses_however_it_is_written(office, ask):
    office.publishes(Recipient(name="SITI MAESAROH", letter_code=LETTER))
    for typed in (LETTER, LETTER.lower(), f"{LETTER[:4]} {LETTER[4:8]} {LETTER[8:]}"):
        assert ask(typed, "Dede Kurnia") == NoTicket()
    with pytest.raises(TooManyAttempts):
        ask(LETTER)
    assert isinstance(ask(LETTER, chat=2), OnTheList)


def test_a_right_letter_opens_what_a_harasser_closed(office, ask):
    mother = Recipient(name="SITI MAESAROH", letter_code=LETTER)
    office.publishes(mother)
    for chat in range(10, 16):
        for _ in range(2):
            if chat < 15:
                ask(mother.nik, "Dede Kurnia", chat)
    with pytest.raises(TooManyAttempts):
        ask(mother.nik, NAME, 20)
    assert isinstance(ask(LETTER, NAME, 20), OnTheList)
    assert isinstance(ask(mother.nik, NAME, 20), OnTheList)


def test_ticket_letter_and_nothing_cost_the_same_statements(office, sender, ask, services, monkeypatch):
    from sqlalchemy import event

    office.publishes(Recipient(name="SITI MAESAROH", letter_code=LETTER))
    ticket = _that_may_be_a_letters(sender)
    seen: list[str] = []
    run = Prepared.run

    def noted(*args):
        seen.append("prepared")
        return run(*args)

    monkeypatch.setattr(Prepared, "run", noted)
    event.listen(services.database.engine, "before_cursor_execute", lambda *args: seen.append(args[2].split()[0]))
    works = []
    for chat, number in enumerate((LETTER, ticket, TicketCode.new().grouped), 200):
        seen.clear()
        assert ask(number, "Dede Kurnia", chat) == NoTicket()
        works.append([*seen])
    assert works[0] == works[1] == works[2]


@given(st.text(ALPHABET + "ILOU", min_size=12, max_size=12), st.sampled_from(["", " ", "-", "."]))
def test_what_may_be_a_letters_is_never_lost(text, gap):
    """Every code of a letter is recognised as that, or keeps its characters."""
    typed = gap.join((text[:4], text[4:8], text[8:]))
    if text.isdecimal() or text.translate(str.maketrans("OIL", "011")).isdecimal():
        return
    found = recognise(typed) if any(char.isdigit() for char in text) else None
    if isinstance(found, TicketCode):
        assert found.typed == text
    elif found is not None:
        assert found == LetterCode.parse(text)


def _that_may_be_a_letters(sender) -> str:
    return str(sender.sends().code.grouped)


def _tallies(services) -> int:
    with services.database.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(TallyRow)).scalar_one())
