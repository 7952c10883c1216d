"""What a screen reader and a search engine read: titles, links told apart, the language of what is Indonesian."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict

import pytest

from tests.fixtures.office import TEGAL_GUNDIL, Announced, Recipient, a_nik
from tests.web.conftest import read_off

FOUND = ("/", "/jadwal", "/program", "/edaran", "/bantuan", "/privasi", "/pengajuan")


@pytest.fixture
def answer(visitor, office):
    """The page of somebody with two programmes and two days."""
    nik = a_nik()
    for day, programme in ((24, "PKH"), (25, "SEMBAKO")):
        office.publishes(Recipient(nik=nik), programme=programme)
        office.announces(Announced(programme=programme, date=dt.date(2026, 2, day)))
    return visitor.asks(nik, "Siti Maesaroh").text


def title(page):
    return read_off("<title>(.*?)</title>", page)


def test_the_title_is_the_verdict(visitor, answer):
    assert title(answer) == "Nama ini terdaftar sebagai penerima bantuan. Ada 2 bantuan – Salur"
    missed = visitor.asks(a_nik(), "Budi").text
    assert title(missed) == "Nomor dan nama itu tidak kami temukan bersama-sama di daftar – Salur"


def leads_of(page):
    leads = defaultdict(set)
    for href, words in re.findall(r'<a [^>]*?href="([^"]+)"[^>]*>(.*?)</a>', page, re.S):
        leads[" ".join(re.sub("<[^>]+>", "", words).split())].add(href)
    return leads


def test_links_that_lead_elsewhere_read_otherwise(visitor, answer):
    for page in (answer, *(visitor.opens(address).text for address in (*FOUND, f"/jadwal/{TEGAL_GUNDIL}"))):
        assert {words: hrefs for words, hrefs in leads_of(page).items() if len(hrefs) > 1} == {}
    leads = leads_of(answer)
    assert sum(words.startswith("Simpan ke kalender:") for words in leads) == 2


def test_what_is_indonesian_on_an_english_page_says_so(visitor, answer):
    visitor.opens("/bahasa/en")
    page = visitor.opens("/jawaban").text
    assert '<bdi lang="id">Program Keluarga Harapan' in page
    assert re.search('class="where" lang="id">.*?<strong>Kantor Kelurahan', page)


def test_pages_about_nobody_may_be_found_and_answers_may_not(visitor, answer):
    for address in FOUND:
        page = visitor.opens(address).text
        assert len(read_off(r'<meta name="description" content="([^"]+)">', page)) > 30, address
        assert "noindex" not in page
    assert "description" not in answer.split("</head>")[0]
    robots = visitor.opens("/robots.txt")
    assert robots.mimetype == "text/plain"
    assert "Disallow: /jawaban" in robots.text
