"""A family whom a plan has placed reads its own hour in the chat, and so does the head; a move says what it was."""

from __future__ import annotations

import datetime as dt

import pytest

from salur.core.officers.roles import Role
from salur.core.payouts.answers import PlaceKind
from salur.core.payouts.places.answers import PlaceFacts
from salur.core.payouts.planning.answers import WhenWhere
from salur.core.payouts.spreading.answers import WantedSitting, Wish
from tests.bot.conftest import NAME, NIK
from tests.fixtures.office import TEGAL_GUNDIL, Recipient

MONDAY, THURSDAY = dt.date(2026, 2, 23), dt.date(2026, 2, 26)


@pytest.fixture
def planner(heads):
    """Somebody at Dinas Sosial Kota Bogor."""
    return heads.create(Role.DINSOS)


@pytest.fixture
def hall(services, planner, office):
    """Where she is asked to come on Monday, from 08.00 to 09.00 of 08.00 to 10.00."""
    office.publishes(Recipient(nik=NIK), Recipient())
    hall = services.places.add(planner, PlaceFacts("Aula Tegal Gundil", PlaceKind.VILLAGE_HALL, TEGAL_GUNDIL))
    wanted = WantedSitting(hall, MONDAY, dt.time(8), dt.time(10), 5)
    draft = services.spreading.propose(planner, Wish("PKH", "2026-T1", (TEGAL_GUNDIL,), (wanted,)))
    services.spreading.publish(planner, draft, services.spreading.look(planner, draft).digest, agreed=True)
    return hall


def test_the_answer_and_the_calendar_file_tell_her_own_hour(chat, hall):
    chat.says(f"{NIK} {NAME}")
    text = chat.expects_reply().text
    hour = next(h for h in ("08.00–09.00", "09.00–10.00") if h in text)
    assert f"Senin, 23 Februari 2026, pukul {hour} WIB" in text
    assert ("Datang lebih lambat tetap dilayani, sampai pukul 10.00." in text) == (hour == "08.00–09.00")
    chat.presses("📅 Simpan ke kalender").expects_answer()
    sent = next(message for message in iter(chat.expects_reply, None) if message.document)
    starts = {"08.00–09.00": "DTSTART:20260223T010000Z", "09.00–10.00": "DTSTART:20260223T020000Z"}[hour]
    assert starts in sent.document.content.decode()


def test_a_move_is_told_to_her_and_to_her_head(chat, hall, services, planner, heads, link):
    monday = services.planning.board(planner)[0].areas[0].sitting
    move = services.planning.move(planner, monday, WhenWhere(THURSDAY, dt.time(13), dt.time(15), None, hall))
    services.planning.publish(planner, move, services.planning.look(planner, move).digest, agreed=True)
    chat.says(f"{NIK} {NAME}")
    told = "Semula Senin, 23 Februari. Sekarang Kamis, 26 Februari."
    text = chat.expects_reply().text
    assert told in text
    assert "pukul 13.00–14.00" in text or "pukul 14.00–15.00" in text
    link(heads.create("rw"), chat.id)
    chat.says("/daftar")
    listed = next(message.text for message in iter(chat.expects_reply, None) if "RT 003" in message.text)
    assert told in listed
    assert "pukul 13.00–14.00" in listed
    assert "pukul 14.00–15.00" in listed
