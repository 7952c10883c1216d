"""A correction right after a check: the answer's pass says whom it is about."""

from __future__ import annotations

import pytest

from salur.core.tables.proposals import ProposalRow
from tests.fixtures.office import Recipient, a_nik
from tests.web.conftest import read_off, text_of
from tests.web.proposals.conftest import code_of, count, kept


@pytest.fixture
def nik():
    """Hers, who has just checked."""
    return a_nik()


@pytest.fixture
def key(visitor, office, nik):
    """The pass on an answer page."""
    office.publishes(Recipient(nik=nik))
    answer = visitor.asks(nik, "Siti Maesaroh")
    return read_off(r'name="kunci" value="([^"]+)"', answer.text)


def test_the_pass_says_whom_it_is_about(mother, key, services, nik):
    data = {"csrf_token": mother.token, "kunci": key}
    asked = mother.client.post("/pengajuan/koreksi", data=data, follow_redirects=True)
    assert asked.status_code == 200
    assert "Nomor dan nama tidak perlu diketik lagi" in text_of(asked)
    assert "Ada yang perlu diperbaiki" not in text_of(asked)
    assert 'name="nomor"' not in asked.text
    done = mother.client.post(
        "/pengajuan/koreksi", data={**data, "alasan": "name", "cerita": "MAESARO"}, follow_redirects=True
    )
    assert "sekarang ada di" in text_of(mother.looks(code_of(done), "Siti Maesaroh"))
    said = kept(services)
    assert (said.nik.reveal(), said.name, said.territory.rt) == (nik, "SITI MAESAROH", 3)


def test_a_pass_that_ran_out_asks_for_number_and_name_and_keeps_the_words(mother, key, clock, services):
    clock.passes(minutes=16)
    data = {"csrf_token": mother.token, "kunci": key, "alasan": "name", "cerita": "Tertulis MAESARO"}
    response = mother.client.post("/pengajuan/koreksi", data=data)
    assert response.status_code == 422
    assert 'name="nomor"' in response.text
    assert "Tertulis MAESARO" in response.text
    assert count(services, ProposalRow) == 0


def test_a_made_up_pass_opens_nothing(mother, services):
    data = {"csrf_token": mother.token, "kunci": "AAAA", "alasan": "name", "cerita": "x"}
    assert mother.client.post("/pengajuan/koreksi", data=data).status_code == 422
    assert count(services, ProposalRow) == 0
