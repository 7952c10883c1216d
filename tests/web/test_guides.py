"""The guides for those who work with Salur: for everybody, on paper too, with pictures a phone loads gladly."""

from __future__ import annotations

import re

from salur.web.guides import PICTURES
from salur.words.officers.guides import GUIDES
from tests.web.conftest import text_of


def test_each_role_finds_its_guide_without_signing_in(visitor):
    page = visitor.opens("/panduan")
    for name, guide in GUIDES.items():
        assert f'href="/panduan/{name}"' in page.text
        told = text_of(visitor.opens(f"/panduan/{name}"))
        assert all(step.heading in told for step in guide.steps)
    assert visitor.opens("/panduan/tidak-ada").status_code == 404


def test_every_picture_that_a_guide_names_is_there_with_words_and_no_other(visitor):
    named = {step.picture: step.shows for guide in GUIDES.values() for step in guide.steps if step.picture}
    assert set(named) == set(PICTURES)
    assert all(named.values())


def test_a_picture_is_kept_for_a_year_under_its_own_name_and_is_small(visitor):
    found = re.findall(r'<img src="(/gambar/[0-9a-f]{12}\.webp)" alt="[^"]+"', visitor.opens("/panduan/operator").text)
    assert len(found) == 4
    for address in found:
        picture = visitor.opens(address)
        assert picture.mimetype == "image/webp"
        assert "immutable" in picture.headers["Cache-Control"]
        assert "Content-Encoding" not in picture.headers
        assert len(picture.data) < 40_000
    assert visitor.opens("/gambar/000000000000.webp").status_code == 404


def test_the_guides_are_found_where_officers_come_in(visitor, heads, signed_in):
    assert 'href="/panduan"' in visitor.opens("/masuk").text
    assert 'href="/panduan"' in signed_in(heads.create("rt")).opens("/petugas").text
