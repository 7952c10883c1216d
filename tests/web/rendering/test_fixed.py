"""The first page is rendered once for each language; the token of its form is each reader's own."""

from __future__ import annotations

import gzip
import re

from tests.web.conftest import Visitor

PACKED = {"Accept-Encoding": "gzip"}
MOST = 14_000  # bytes of the first page with all it needs: one round trip of a new connection


def test_what_a_browser_unpacks_is_the_page(visitor):
    plain = visitor.opens("/").data
    packed = visitor.opens("/", headers=PACKED)
    assert packed.headers["Content-Encoding"] == "gzip"
    token = re.compile(rb'name="csrf_token" value="[^"]+"')
    assert token.sub(b"", gzip.decompress(packed.data)) == token.sub(b"", plain)
    assert [packed.headers[name] for name in ("Cache-Control", "Content-Type")] == [
        "no-store",
        "text/html; charset=utf-8",
    ]


def test_two_readers_have_two_tokens_and_each_is_good_for_its_own(app):
    readers = [Visitor(app) for _ in range(3)]
    assert len({reader.token() for reader in readers}) == 3
    assert [reader.asks("123", "Siti").status_code for reader in readers] == [422] * 3


def test_letters_and_languages_have_pages_of_their_own(visitor):
    assert 'inputmode="text"' in visitor.opens("/?kode=1").text
    assert 'inputmode="numeric"' in visitor.opens("/").text
    visitor.opens("/bahasa/en?ke=/")
    assert '<html lang="en">' in visitor.opens("/").text
    assert visitor.opens("/?kode=1").text.count("<form ") == 1


def test_the_first_page_is_two_requests_and_small(visitor):
    page = visitor.opens("/", headers=PACKED)
    text = gzip.decompress(page.data).decode()
    needed = re.findall(r'<(?:link|script|img)[^>]*(?:href|src)="(/[^"]+)"', text)
    assert len(needed) == 1, "the page and its stylesheet"
    sheet = visitor.opens(needed[0], headers=PACKED)
    sent = sum(
        len(part.data) + sum(len(f"{name}: {value}") + 4 for name, value in part.headers) for part in (page, sheet)
    )
    assert sent <= MOST
