"""While only a standby is left a calendar goes on reading, and nothing is offered that would have to be written."""

from __future__ import annotations

import pytest

from salur.web.app import create_app
from tests.fixtures.office import Announced, Office, Recipient
from tests.web.following.conftest import Follower

SITI = Recipient(name="SITI MAESAROH")


@pytest.fixture
def services(processes, cluster):
    """Salur with a pair of servers."""
    built = processes()
    Office(built).publishes(SITI)
    Office(built).announces(Announced())
    return built


def test_a_calendar_is_read_from_a_standby(cluster, services):
    phone = Follower(create_app(services))
    assert "Kabari saya" in phone.asks(SITI.nik, SITI.name).text
    token = phone.makes_a_calendar()
    before = phone.opens(f"/kalender/{token}.ics")
    cluster.pair.level()
    cluster.to_primary.breaks()
    asked = phone.opens(f"/kalender/{token}.ics")
    assert (asked.status_code, asked.data, asked.headers["ETag"]) == (200, before.data, before.headers["ETag"])
    assert phone.opens(f"/kalender/{token}").status_code == 200
    assert phone.opens(f"/kalender/{token}x.ics").status_code == 404
    answer = phone.asks(SITI.nik, SITI.name)
    assert "Data ini dari" in answer.text
    assert "Kabari saya" not in answer.text
    assert phone.presses("/kabar/kalender", "/kabar").status_code == 503
    cluster.to_standby.breaks()
    assert phone.opens(f"/kalender/{token}.ics").status_code == 503
