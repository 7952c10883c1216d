"""The first page is answered before Flask, and nobody can tell: neither who reads it, nor who counts, nor the log."""

from __future__ import annotations

import json
import re

import pytest
from flask import Flask

from salur.config import JSON
from salur.web.app import create_app
from salur.web.http import limits
from tests.web.conftest import TOKEN, Visitor

SHORT, LONG = "/", "/?x"  # Flask answers whatever has a query
GZIP = {"Accept-Encoding": "gzip"}


@pytest.fixture
def made(app: Flask) -> Flask:
    """The site once somebody has seen its first page in each language."""
    visitor = Visitor(app)
    for code in ("id", "en"):
        visitor.opens(f"/bahasa/{code}?ke=/", follow_redirects=True)
    return app


def without_flask(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def asked() -> None:
        raise AssertionError("Flask was asked")

    monkeypatch.setattr(app, "full_dispatch_request", asked)


def of(response) -> tuple[object, ...]:
    """All of a response but what is new in each."""
    headers = [
        (name, re.sub(r"(?<=salur=)[^;]+", "", value)) for name, value in response.headers if name != "X-Request-ID"
    ]
    body = b"" if "Content-Encoding" in response.headers else TOKEN.sub("", response.text)
    return response.status_code, sorted(headers), body


@pytest.mark.parametrize("headers", [{}, GZIP], ids=["plain", "packed"])
@pytest.mark.parametrize("before", [[], ["/jadwal"], ["/"], ["/bahasa/en?ke=/"]], ids=["new", "looked", "back", "en"])
def test_both_ways_answer_alike(made, before, headers):
    def arrives(address: str):
        visitor = Visitor(made)
        for page in before:
            visitor.opens(page)
        return visitor.opens(address, headers=headers)

    assert of(arrives(SHORT)) == of(arrives(LONG))


def test_flask_is_asked_once_for_each_language(made, monkeypatch):
    english = Visitor(made)
    english.opens("/bahasa/en?ke=/")
    without_flask(made, monkeypatch)
    monkeypatch.setattr(made, "propagate_exceptions", True, raising=False)
    assert Visitor(made).opens(SHORT).status_code == 200
    assert '<html lang="en">' in english.opens(SHORT).text


def test_who_comes_back_keeps_the_token_of_the_form_that_is_still_open(made):
    visitor = Visitor(made)
    token = visitor.token()
    assert "Set-Cookie" not in visitor.opens(SHORT).headers
    visitor.token()
    assert visitor.sends(nomor="123", nama="Siti", csrf_token=token).status_code == 422


def test_it_is_counted_as_the_page_that_it_is(services, monkeypatch):
    monkeypatch.setattr(limits, "CEILING", "3 per hour")
    crowd = Visitor(create_app(services))
    assert [crowd.opens(address).status_code for address in (SHORT, SHORT, LONG, SHORT)] == [200, 200, 200, 429]


def test_at_another_hosts_address_it_is_refused_as_all_is(services_with):
    app = create_app(services_with(public_url="https://salur.example"))
    ours = Visitor(app)
    assert [ours.opens(SHORT, base_url="https://salur.example").status_code for _ in range(2)] == [200, 200]
    assert [ours.opens(way, base_url="https://elsewhere.example").status_code for way in (SHORT, LONG)] == [400, 400]


def test_the_log_tells_of_it(services_with, capsys):
    visitor = Visitor(create_app(services_with(logs=JSON)))
    for _ in range(2):
        visitor.opens(SHORT)
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines() if '"answered"' in line]
    assert [(line["endpoint"], line["status"]) for line in lines] == [("public.home", 200)] * 2


def test_what_is_sent_to_it_or_asked_of_its_head_alone_is_flasks(made):
    visitor = Visitor(made)
    assert visitor.client.post("/").status_code == 405
    head = visitor.client.head("/")
    assert (head.status_code, head.data) == (200, b"")
