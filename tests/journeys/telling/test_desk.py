"""A woman who is told that she was paid, and never was: one press, and Dinas Sosial has it before it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from salur.core.officers.roles import Role
from salur.wiring import Services
from tests.bot.running import RunningBot
from tests.botapi.chats import PATIENCE
from tests.botapi.server import BotApiServer
from tests.fixtures.office import Office, Recipient, Reported
from tests.fixtures.officers import Heads, SignedIn
from tests.fixtures.services import Clock
from tests.journeys.doors import readable
from tests.journeys.telling.town import Follower, begins

CASE = re.compile(r'href="(/kotak/\d+)"')
SECONDS = 60.0  # from her press to the office's page, on a machine with much else to do: no look-round is in between


def test_what_never_came_is_on_the_desk_of_dinas_sosial_in_seconds(
    services: Services,
    bot: RunningBot,
    telegram: BotApiServer,
    office: Office,
    heads: Heads,
    signed_in: Callable[..., SignedIn],
    clock: Clock,
) -> None:
    desk, head = (signed_in(heads.create(role)) for role in (Role.DINSOS, Role.KELURAHAN))
    assert CASE.findall(desk.opens("/kotak").text) == []
    mother = Recipient(name="SITI MAESAROH")
    office.publishes(mother, Recipient(name="EUIS KOMARIAH"))
    her = Follower(telegram.private_chat(), "id", [0])
    begins(her, [mother])
    office.hears(Reported(nik=mother.nik, name=mother.name))
    clock.passes(minutes=11)
    assert "Sudah dibayarkan pada 12 Februari 2026" in her.chat.expects_reply().text

    her.chat.presses("Belum saya terima")
    assert "Atas nama: S. M." in her.chat.expects_reply().text
    pressed = time.monotonic()
    her.chat.presses("Kirim")
    while not (cases := CASE.findall(desk.opens("/kotak").text)):
        assert time.monotonic() - pressed < PATIENCE, "it never comes"
    seconds = time.monotonic() - pressed
    assert seconds < SECONDS

    page = readable(desk.opens(cases[0]).text)
    for fact in (
        "Tercatat dibayar, tetapi belum diterima",
        "Program Keluarga Harapan",
        "Rp600.000",
        "Kantor Pos Bogor",
    ):
        assert fact in page
    assert "12 Februari 2026" in page
    assert CASE.findall(head.opens("/kotak").text) == [], "a report is for Dinas Sosial alone"
