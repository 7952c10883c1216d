"""What is signed is signed as libraries do it: they read ours, we read theirs; and a token is its browser's alone."""

from __future__ import annotations

import pytest
from flask import Flask, session
from flask.sessions import SecureCookieSessionInterface
from flask_wtf.csrf import generate_csrf, validate_csrf
from itsdangerous import URLSafeTimedSerializer
from wtforms import ValidationError

from salur.web.http.sessions import Sessions
from salur.web.http.signing import FormTokens
from tests.fixtures.office import a_nik
from tests.web.conftest import Visitor

HELD = {"csrf_token": "0f" * 20, "jawaban": ["gAHR6OQIf2S-oiFl" * 20, "nik"], "_user_id": "abc"}


def writer(sessions: SecureCookieSessionInterface, app: Flask) -> URLSafeTimedSerializer:
    found = sessions.get_signing_serializer(app)
    assert found
    return found


def test_a_cookie_of_before_is_read_and_ours_is_read_by_the_library(app):
    writers = [writer(one, app) for one in (Sessions(app.secret_key), SecureCookieSessionInterface())]
    assert [writers[0].loads(one.dumps(HELD)) for one in writers] == [HELD, HELD]
    assert writers[1].loads(writers[0].dumps(HELD)) == HELD


def test_a_cookie_that_was_changed_or_signed_by_somebody_else_holds_nothing(app):
    def read(cookie: str) -> dict[str, object]:
        with app.test_request_context(headers={"Cookie": f"salur={cookie}"}):
            return dict(session)

    cookie = writer(Sessions(app.secret_key), app).dumps(HELD)
    assert read(cookie) == HELD
    swapped = "A" if cookie[5] != "A" else "B"
    other = writer(Sessions("another secret"), app).dumps(HELD)
    assert read(cookie[:5] + swapped + cookie[6:]) == read(other) == {}


def test_flask_wtf_takes_our_token_and_we_make_no_other_than_it_would(app):
    token = FormTokens(app.secret_key)
    with app.test_request_context():
        made = token()
        validate_csrf(made)
        assert made == token() == generate_csrf()


def test_a_token_of_another_secret_is_refused(app):
    with app.test_request_context(), pytest.raises(ValidationError):
        validate_csrf(FormTokens("another secret")())


def test_a_token_of_another_browser_is_refused(visitor: Visitor, app: Flask):
    stranger = Visitor(app).token()
    visitor.opens("/")
    assert visitor.sends(nomor=a_nik(), nama="Siti", csrf_token=stranger).status_code == 400
