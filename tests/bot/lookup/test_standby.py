"""The same in a chat, while only a standby is left."""

from __future__ import annotations

import pytest

from salur.wiring import Services
from tests.fixtures.office import a_nik
from tests.fixtures.pair import Processes


@pytest.fixture
def services(processes: Processes) -> Services:
    return processes()


def test_an_answer_in_a_chat_says_how_new_it_is(cluster, ask, listed):
    assert "Data ini dari" not in ask(a_nik(), "Siti Maesaroh")
    cluster.pair.level()
    cluster.to_primary.breaks()
    for number, verdict in ((a_nik(), "tidak kami temukan"), (listed.nik, "terdaftar")):
        told = ask(number, "Siti Maesaroh")
        assert verdict in told
        assert "Data ini dari" in told
        assert "Laporan dan perubahan belum bisa diterima sekarang" in told
