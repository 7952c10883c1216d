"""/jadwal: the sittings of a kelurahan."""

from __future__ import annotations

from datetime import date

import pytest

from tests.botapi.chats import Chat
from tests.fixtures.office import Announced, Office


@pytest.fixture(autouse=True)
def _announced(office: Office) -> None:
    office.announces(
        Announced(rw=3),
        Announced(row=3, rw=5, rt=2),
        Announced(row=4, date=date(2026, 3, 3), place="SD Negeri 1", kind="school", address=None),
    )


def test_jadwal_asks_for_the_kelurahan_and_shows_its_sittings(chat: Chat) -> None:
    chat.says("/jadwal")
    assert "Kelurahan atau desa mana?" in chat.expects_reply().text
    chat.says("Kel. TEGALGUNDIL")
    text = chat.expects_reply().text
    assert text.startswith("Jadwal Tegal Gundil, Kecamatan Bogor Utara")
    assert "Selasa, 24 Februari 2026, pukul 08.00–11.00 WIB" in text
    assert "RW 003" in text
    assert "RW 005 RT 002" in text
    assert "SD Negeri 1" in text
    assert "Tidak ada potongan." in text


def test_the_name_may_stand_behind_the_command(chat: Chat) -> None:
    chat.says("/jadwal tegal")
    assert "Jadwal Tegal Gundil" in chat.expects_reply().text


def test_where_several_fit_one_is_chosen_by_a_button(chat: Chat, office: Office) -> None:
    office.announces(
        Announced(region_code="32.71.06.1005", period="2026-T2"),
        Announced(row=3, region_code="32.71.06.1003", period="2026-T2"),
    )
    one, other = (k for k in office.services.timetable.kelurahan() if k.code.startswith("32.71.06"))
    assert (one.name[:6], other.name[:6]) == ("Kedung", "Kedung")
    chat.says("/jadwal kedung")
    reply = chat.expects_reply()
    assert reply.buttons == (f"{one.name}, Tanah Sareal", f"{other.name}, Tanah Sareal")
    chat.presses(reply.buttons[1])
    assert chat.expects_reply().text.startswith(f"Jadwal {other.name}")


def test_a_name_that_is_only_alike_is_shown_once_it_was_pressed_or_typed_again(chat: Chat) -> None:
    chat.says("/jadwal tegal gundul")
    reply = chat.expects_reply()
    assert reply.text == "Yang ini? Tekan namanya. Bukan? Ketik lagi."
    assert reply.buttons == ("Tegal Gundil, Bogor Utara", "Batal")
    chat.presses("Tegal Gundil, Bogor Utara")
    assert chat.expects_reply().text.startswith("Jadwal Tegal Gundil")
    chat.says("/jadwal gundul tegal")
    assert "tidak menemukan jadwal" in chat.expects_reply().text
    chat.says("tegal gundel")
    assert "Tekan namanya" in chat.expects_reply().text
    chat.says("tegal gundil")
    assert chat.expects_reply().text.startswith("Jadwal Tegal Gundil")


def test_a_name_that_does_not_exist_is_asked_for_again(chat: Chat) -> None:
    chat.says("/jadwal")
    chat.expects_reply()
    chat.says("Atlantis")
    assert "tidak menemukan jadwal" in chat.expects_reply().text
    chat.says("tegal gundil")
    assert "Jadwal Tegal Gundil" in chat.expects_reply().text


@pytest.mark.parametrize(
    "data", ["kel:99.99.99.9999", "ics:999999999", "ics:1; DROP TABLE", "ics:" + "9" * 40, "kel:", "x"]
)
def test_made_up_buttons_do_no_harm(data: str, chat: Chat) -> None:
    message = chat.says("halo")
    chat.expects_reply()
    chat.forges(data, message)
    text = chat.expects_reply().text
    assert "terganggu" not in text
    assert "tidak berlaku" in text or "tidak menemukan" in text


def test_a_visit_at_home_is_not_promised_to_everybody(chat: Chat, office: Office) -> None:
    office.announces(Announced(region_code="32.71.05.1001", kind="home", place="Rumah penerima", address=None))
    chat.says("/jadwal bantarjati")
    text = chat.expects_reply().text
    assert "Untuk yang sakit, lansia, atau disabilitas: petugas datang ke rumah." in text
    assert "Rumah penerima" not in text


def test_what_is_cancelled_is_said_so(chat: Chat, services, heads) -> None:
    planner = heads.create("dinsos")
    announced = next(one for one in services.planning.board(planner) if one.sitting.place.name == "SD Negeri 1")
    draft = services.planning.cancel(planner, announced.areas[0].sitting)
    services.planning.publish(planner, draft, services.planning.look(planner, draft).digest, agreed=True)
    chat.says("/jadwal tegal")
    text = chat.expects_reply().text
    assert "Pengambilan Selasa, 3 Maret 2026 di SD Negeri 1 dibatalkan" in text
    assert "Selasa, 24 Februari 2026, pukul" in text
