"""A payee prints the letter from the answer; a head or an office from the list."""

from __future__ import annotations

import re

import pytest

from tests.fixtures.office import Announced, Recipient
from tests.fixtures.officers import SignedIn

KEY = re.compile(r'action="/surat-saya".*?name="csrf_token" value="([^"]+)".*?name="kunci" value="([^"]+)"', re.S)


@pytest.fixture
def siti(office):
    """A payee with a day to come."""
    one = Recipient()
    office.publishes(one)
    office.announces(Announced())
    return one


def test_the_answer_has_a_button_that_gives_the_letter(siti, visitor):
    found = KEY.search(visitor.asks(siti.nik, siti.name).text)
    assert found
    letter = visitor.client.post("/surat-saya", data={"csrf_token": found[1], "kunci": found[2]})
    assert (letter.status_code, letter.mimetype) == (200, "application/pdf")
    assert letter.data.startswith(b"%PDF")
    assert letter.headers["Cache-Control"] == "no-store"


def test_without_a_pass_or_a_form_of_ours_there_is_no_letter(siti, visitor):
    token = visitor.token()
    assert visitor.client.post("/surat-saya", data={"csrf_token": token, "kunci": "x"}).status_code == 410
    assert visitor.client.post("/surat-saya", data={"kunci": "x"}).status_code == 400
    assert visitor.opens("/surat-saya").location == "/jawaban"


def test_where_nothing_is_to_be_collected_there_is_no_button(office, visitor):
    one = Recipient()
    office.publishes(one)
    assert "/surat-saya" not in visitor.asks(one.nik, one.name).text


def test_the_fourth_of_a_day_is_refused(siti, visitor):
    for status in (200, 200, 200, 429):
        found = KEY.search(visitor.asks(siti.nik, siti.name).text)
        assert found
        answer = visitor.client.post("/surat-saya", data={"csrf_token": found[1], "kunci": found[2]})
        assert answer.status_code == status


def test_a_head_prints_from_the_list_what_replaces_no_letter_of_the_office(siti, enters, press):
    official = press.prints()
    head = enters("rt")
    line = re.search(r'form="surat" name="baris" value="(\d+)"', head.opens("/wilayah").text)
    assert line
    letter = head.posts("/wilayah/surat", baris=line[1])
    assert letter.data.startswith(b"%PDF")
    assert press.verifies(official.code()).verdict == "genuine"
    assert head.posts("/wilayah/surat", baris="x").status_code == 404
    assert head.posts("/wilayah/surat", baris="9" * 19).status_code == 404


def test_an_office_prints_its_own_once_more(siti, enters, press):
    official = press.prints()
    desk: SignedIn = enters("kelurahan")
    line = re.search(r'form="surat" name="baris" value="(\d+)"', desk.opens("/wilayah").text)
    assert line
    assert desk.posts("/wilayah/surat", baris=line[1]).data.startswith(b"%PDF")
    assert press.verifies(official.code()).verdict == "replaced"
