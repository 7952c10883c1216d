"""Many get the same answer on the same day: its page is made once, and holds nothing of anybody but who reads it."""

from __future__ import annotations

import gzip
import re
from dataclasses import fields

import pytest

from salur.core.lists.kinds import State
from salur.core.lookup.answers import Entitlement, OnTheList, Way
from salur.core.payouts.answers import Payment, Place, Sitting
from salur.core.regions.office import Office
from salur.web.context import templates
from tests.fixtures.office import Announced, Recipient, Reported
from tests.web.conftest import Visitor, text_of

OWN = re.compile(r'(name="(?:csrf_token|kunci)" value=")[^"]+')
NAMES = ("SITI MAESAROH", "BUDI RAHAYU", "DEWI LESTARI", "<B> TUTI &AMP")


def shown(app, person, **options) -> str:
    """The page in a browser of its own, as it came."""
    visitor = Visitor(app)
    visitor.asks(person.nik, person.name)
    answer = visitor.opens("/jawaban", **options)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert set(answer.headers["Vary"].split(", ")) == {"Accept-Encoding", "Cookie"}
    page = gzip.decompress(answer.data).decode() if "Content-Encoding" in answer.headers else answer.text
    return OWN.sub(r"\1", page)


@pytest.fixture
def neighbours(office):
    people = [Recipient(name=name) for name in NAMES]
    office.publishes(*people)
    office.announces(Announced())
    return people


def kept(app) -> int:
    """How many pages of answers are kept, made or not."""
    with app.app_context():
        return len(templates().alike)


def test_each_reads_their_own_initials_on_the_page_that_was_made_for_all(app, neighbours):
    before = kept(app)  # a site is shared among stories
    pages = [shown(app, person) for person in neighbours[:3] for _ in range(2)]
    assert [re.findall(r"<dd>(\w\. \w\.)</dd>", page) for page in pages[::2]] == [["S. M."], ["B. R."], ["D. L."]]
    assert len({re.sub(r"<dd>\w\. \w\.</dd>", "", page) for page in pages}) == 1, "as when it was rendered for one"
    assert kept(app) <= before + 1  # none, where another story asked for the same page


def test_packed_and_plain_it_is_one_page(app, neighbours):
    pages = [shown(app, neighbours[0], headers=headers) for headers in ({}, {"Accept-Encoding": "gzip"}) * 2]
    assert len(set(pages)) == 1


def test_initials_are_text_whatever_a_list_writes(app, neighbours):
    assert len({shown(app, neighbours[3]) for _ in range(3)}) == 1
    assert "<B" not in shown(app, neighbours[3])


def test_what_was_sealed_for_one_is_in_no_other_page(app, neighbours):
    def passes(person) -> set[str]:
        visitor = Visitor(app)
        visitor.asks(person.nik, person.name)
        return set(re.findall(r'name="(?:csrf_token|kunci)" value="([^"]+)"', visitor.opens("/jawaban").text))

    of_each = [passes(person) for person in (*neighbours[:3], neighbours[0])]
    assert len(of_each[0]) >= 2
    assert not any(one & other for place, one in enumerate(of_each) for other in of_each[place + 1 :])


def test_one_whose_day_is_another_reads_another_page(app, office):
    first, second = Recipient(rt=3), Recipient(rt=4, amount=400_000)
    office.publishes(first, second)
    for _ in range(3):
        assert "Rp600.000" in shown(app, first)
        assert "Rp400.000" in shown(app, second)


def test_what_was_paid_can_be_contested_on_it(app, office):
    paid = [Recipient(), Recipient()]
    office.publishes(*paid)
    office.hears(*(Reported(nik=person.nik, name=person.name) for person in paid))
    for _ in range(2):
        for person in paid:
            assert "Belum saya terima" in shown(app, person)
    visitor = Visitor(app)
    page = visitor.asks(paid[1].nik, paid[1].name)
    own = dict(re.findall(r'name="(csrf_token|kunci)" value="([^"]+)"', page.text.split("/pengajuan/tentang")[1])[:2])
    assert "Tahap 1" in text_of(visitor.client.post("/pengajuan/tentang", data=own, follow_redirects=True))


def test_what_an_office_wrote_of_somebody_is_kept_by_nobody(app, office):
    off = Recipient(state=State.SUSPENDED, reason="Pindah ke rumah anaknya")
    office.publishes(off)
    before = kept(app)
    assert len({shown(app, off) for _ in range(3)}) == 1
    assert kept(app) == before


def test_a_page_is_told_from_another_by_all_that_is_shown():
    """What two answers are not compared by must be put in for each reader (`salur/web/lookup/alike.py`)."""
    assert {one.name for one in fields(OnTheList) if not one.compare} == {"key", "way_back", "as_of"}
    assert {one.name for one in fields(Entitlement) if not one.compare} == {
        "key",
        "letter",
        "whose",
    }  # the last is shown nowhere
    for part in (Sitting, Place, Payment, Office, Way):
        assert all(one.compare for one in fields(part)), part
