"""Password and code together: strangers keep nobody waiting who has both, and whoever guesses gains nothing."""

from __future__ import annotations

import pytest

from salur.core.errors import Refused, TooManyAttempts
from salur.core.limits.asker import Asker
from salur.core.officers.answers import Next
from tests.fixtures.officers import PASSWORD, code_at

WRONG = "000000"


def address(number: int) -> Asker:
    """One of many, each asked from for the first time."""
    return Asker.address(f"198.51.{100 + number // 200}.{number % 200 + 1}")


@pytest.fixture
def tries(services):
    """What becomes of a try: in, code (asked for), wait or wrong_password."""

    def tried(username: str, password: str, asker: Asker, code: str = "") -> str:
        try:
            started = services.sign_ins.start(username, password, asker=asker, device="", code=code)
        except Refused as refused:
            return refused.code
        except TooManyAttempts:
            return "wait"
        if started.next is Next.NOTHING:
            assert services.sign_ins.officer_of(started.token)
        return "in" if started.next is Next.NOTHING else str(started.next)

    return tried


@pytest.fixture
def guarded(services, heads, clock):
    """An officer with a second factor, and its secret; strangers have guessed until everyone waits."""
    officer = heads.create("kelurahan")
    enrolment = services.credentials.enrolment(officer)
    codes = services.credentials.enrol(officer, PASSWORD, enrolment.sealed, code_at(services, enrolment.secret))
    clock.passes(minutes=2)
    for number in range(25):
        try:
            services.sign_ins.start(officer.username, "guess", asker=address(number), device="")
        except (Refused, TooManyAttempts):
            continue
    return officer.username, enrolment.secret, codes


def test_who_has_both_comes_in_from_a_new_phone_while_strangers_guess(services, tries, guarded):
    name, secret, codes = guarded
    assert tries(name, PASSWORD, address(100)) == "wait"
    assert tries(name, PASSWORD, address(100), code_at(services, secret)) == "in"
    assert tries(name, PASSWORD, address(101), code_at(services, secret)) == "wait"  # it was used
    assert tries(name, PASSWORD, address(102), codes[0]) == "in"
    assert tries(name, PASSWORD, address(103), codes[0]) == "wait"


def test_one_of_the_two_alone_is_told_like_none(services, tries, guarded):
    name, secret, _ = guarded
    told = [
        tries(name, "wrong password", address(110), code_at(services, secret)),
        tries(name, PASSWORD, address(111), WRONG),
        tries(name, "wrong password", address(112), WRONG),
        tries("nobody.at.all", PASSWORD, address(113), code_at(services, secret)),
    ]
    assert told == ["wait", "wait", "wait", "wrong_password"]
    assert tries(name, PASSWORD, address(114), code_at(services, secret)) == "in"  # nothing of it was used up


def test_it_is_no_second_place_to_guess_codes(services, tries, guarded):
    name, secret, _ = guarded
    for number in range(21):
        assert tries(name, PASSWORD, address(200 + number), WRONG) == "wait"
    assert tries(name, PASSWORD, address(300), code_at(services, secret)) == "wait"


def test_who_does_not_know_the_password_cannot_shut_it(services, tries, guarded):
    name, secret, _ = guarded
    for number in range(60):
        tries(name, "guess", address(400 + number), WRONG)
    assert tries(name, PASSWORD, address(500), code_at(services, secret)) == "in"


def test_one_address_runs_into_waits_there_too(services, tries, guarded):
    name, secret, _ = guarded
    for _ in range(5):
        tries(name, "guess", address(600), WRONG)
    assert tries(name, PASSWORD, address(600), code_at(services, secret)) == "wait"
