"""What a resident reads while only a standby is left, and that nothing else is pretended."""

from __future__ import annotations

import re

import pytest

from salur.web.app import create_app
from salur.wiring import Services
from tests.fixtures.office import Announced, Office, Recipient, a_nik
from tests.fixtures.pair import Cluster, Processes
from tests.web.conftest import Visitor, text_of

SITI = Recipient(name="SITI MAESAROH")
HOW_NEW = re.compile(r"Data ini dari \w+, \d+ \w+ 20\d\d pukul \d\d\.\d\d WIB\. Laporan dan perubahan belum bisa")


@pytest.fixture
def services(processes: Processes, cluster: Cluster) -> Services:
    built = processes()
    Office(built).publishes(SITI)
    Office(built).announces(Announced())
    cluster.pair.level()
    return built


def test_an_answer_says_how_new_it_is_and_what_has_to_wait(cluster, services):
    visitor = Visitor(create_app(services))
    assert not HOW_NEW.search(text_of(visitor.asks(SITI.nik, "Siti Maesaroh")))
    cluster.to_primary.breaks()
    answer = visitor.asks(SITI.nik, "Siti Maesaroh")
    assert (answer.status_code, answer.request.path) == (200, "/jawaban")
    assert "terdaftar sebagai penerima" in text_of(answer)
    assert HOW_NEW.search(text_of(answer))
    missed = visitor.asks(a_nik(), "Siti Maesaroh")
    assert "tidak kami temukan bersama-sama" in text_of(missed)
    assert HOW_NEW.search(text_of(missed))
    assert visitor.opens("/jadwal").status_code == 503
    assert visitor.opens("/").status_code == 200
    ready = visitor.opens("/readyz")
    assert (ready.status_code, ready.json) == (
        200,
        {"ready": True, "database": "standby", "migrations": "ok", "keys": "ok", "redis": "ok"},
    )
    cluster.to_standby.breaks()
    assert visitor.opens("/readyz").status_code == 503
    assert visitor.asks(SITI.nik, "Siti Maesaroh").status_code == 503
    cluster.to_primary.is_mended()
    assert not HOW_NEW.search(text_of(visitor.asks(SITI.nik, "Siti Maesaroh")))
    assert visitor.opens("/readyz").get_json()["database"] == "ok"
