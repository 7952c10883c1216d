"""The page on which a city sets what is its own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from salur.core.officers.roles import Role
from tests.fixtures.officers import CITY, SignedIn
from tests.web.conftest import read_off, text_of

HOME = "/kantor/pengaturan"
FILLED = {
    "city_name": "Kota Bogor",
    "header": "Pemerintah Kota Bogor\nDinas Sosial",
    "office_name": "Dinas Sosial Kota Bogor",
    "office_address": "Jl. Merdeka 142",
    "office_phone": "0251 123456",
    "office_hours": "Senin-Jumat 08.00-15.00",
    "four_eyes": "1",
    "kept_days": "395",
    "uploads_days": "14",
}


@pytest.fixture
def operator(heads, signed_in: Callable[..., SignedIn]) -> SignedIn:
    """Somebody at Dinas Sosial."""
    return signed_in(heads.create(Role.DINSOS, CITY))


def saves(operator: SignedIn, **fields: str):
    """Send the form as it was shown, with some fields changed."""
    seen = read_off(r'name="seen" value="(\d+)"', operator.opens(HOME).text)
    return operator.posts(HOME, seen=seen, **{**FILLED, **fields})


def test_what_is_set_stands_on_the_residents_page(operator, visitor):
    before = visitor.opens("/bantuan")
    assert "Jl. Merdeka 142" not in before.text
    sent = saves(operator)
    assert (sent.status_code, sent.location) == (303, f"{HOME}?selesai=7")
    after = visitor.opens("/bantuan", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert all(told in after.text for told in ("Jl. Merdeka 142", "0251 123456", "Kota Bogor"))
    page = operator.opens(HOME)
    assert page.text.count("Kembalikan seperti semula") == 7
    assert "Pemerintah Kota Bogor / Dinas Sosial" in text_of(page)


def test_a_slip_is_shown_at_its_field_and_what_was_typed_is_kept(operator):
    slip = saves(operator, kept_days="9", office_address="Jl. Baru 1")
    assert slip.status_code == 422
    assert 'href="#kept_days"' in slip.text
    assert 'value="Jl. Baru 1"' in slip.text
    assert 'value="9"' in slip.text
    assert "Belum ada yang diubah" in operator.opens(HOME).text


def test_a_change_is_taken_back_on_the_page(operator, services):
    saves(operator)
    change = read_off(rf'action="({HOME}/\d+/batal)"', operator.opens(HOME).text)
    assert operator.posts(change).status_code == 303
    assert operator.posts(change).status_code == 422
    assert operator.posts(f"{HOME}/99999/batal").status_code == 404
    assert operator.posts(HOME, seen="x", **FILLED).status_code == 422
