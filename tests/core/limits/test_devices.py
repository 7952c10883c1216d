"""Browsers in which an officer was in before, and the second factor: strangers who guess keep nobody out there."""

from __future__ import annotations

import contextlib

import pytest

from salur.core.errors import Refused, TooManyAttempts
from salur.core.limits.asker import Asker
from tests.fixtures.officers import PASSWORD, code_at

HERE = Asker.address("203.0.113.7")
ANYWHERE = Asker.address("198.51.100.9")


def start(services, name, asker=HERE, password=PASSWORD) -> str:
    return services.sign_ins.start(name, password, asker=asker, device="").token


def guesses(services, name):
    """Strangers who try until nobody new gets in."""
    for stranger in range(60):
        with contextlib.suppress(Refused, TooManyAttempts):
            start(services, name, Asker.address(f"203.0.113.{100 + stranger}"), "guess")


def comes_back(services, name, mark, password=PASSWORD) -> str:
    """Somebody at a new address, in a browser that has this mark."""
    try:
        services.sign_ins.start(name, password, asker=ANYWHERE, device="", mark=mark)
    except Refused as refused:
        return refused.code
    except TooManyAttempts:
        return "waits"
    return "in"


def test_a_browser_that_was_in_before_waits_for_no_stranger_at_whatever_address(services, heads, enter):
    officer = heads.create("rt")
    mark = services.sign_ins.mark(enter(officer))
    guesses(services, officer.username)
    assert comes_back(services, officer.username, "") == "waits"
    assert comes_back(services, officer.username, mark) == "in"


def test_a_mark_signs_nobody_in_and_lets_nobody_guess_on(services, heads, enter):
    officer = heads.create("rt")
    mark = services.sign_ins.mark(enter(officer))
    assert services.sign_ins.officer_of(mark) is None
    told = [comes_back(services, officer.username, mark, "guess") for _ in range(7)]
    assert told == ["wrong_password"] * 5 + ["waits"] * 2


def test_a_mark_is_good_for_its_own_account_alone_and_cannot_be_made_up(services, heads, enter):
    officer, other = heads.create("rt"), heads.create("rw")
    mark = services.sign_ins.mark(enter(officer))
    guesses(services, officer.username)
    id = mark.partition(".")[0]
    made_up = [services.sign_ins.mark(enter(other)), services.sign_ins.mark("no token"), mark[:-1] + "é", f"{id}.", id]
    made_up += [f"{id}.{'0' * 64}", "9" * 40, "²." + mark, "\0", mark + "0"]
    assert {comes_back(services, officer.username, one) for one in made_up} == {"waits"}


def test_a_sign_in_without_its_second_factor_marks_no_browser(services, heads):
    officer = heads.create("dinsos")
    assert services.sign_ins.mark(start(services, officer.username)) == ""


def test_a_mark_outlives_leaving_but_not_revoking_nor_a_new_password(services, heads, enter):
    officer = heads.create("rt")
    left, revoked = enter(officer), enter(officer)
    marks = [services.sign_ins.mark(token) for token in (left, revoked)]
    here = next(sign_in.id for sign_in in services.sign_ins.all(officer, revoked) if sign_in.here)
    services.sign_ins.leave(left)
    services.sign_ins.end(officer, here)
    guesses(services, officer.username)
    assert [comes_back(services, officer.username, mark) for mark in marks] == ["in", "waits"]
    services.credentials.change_password(officer, PASSWORD, "lima kata yang baru", device="")
    guesses(services, officer.username)
    assert comes_back(services, officer.username, marks[0], "lima kata yang baru") == "waits"


def test_strangers_without_the_password_make_nobody_wait_at_the_second_factor(services, heads):
    officer = heads.create("dinsos")
    begun = start(services, officer.username)
    enrolment = services.sign_ins.first_enrolment(begun)
    codes, _ = services.sign_ins.enrol_first(begun, enrolment.sealed, code_at(services, enrolment.secret))
    half = start(services, officer.username, ANYWHERE)
    guesses(services, officer.username)
    token = services.sign_ins.finish(half, codes[0], asker=ANYWHERE)
    assert comes_back(services, officer.username, services.sign_ins.mark(token)) == "in"


def test_who_has_the_password_guesses_no_code_from_many_addresses(services, heads):
    officer = heads.create("dinsos")
    begun = start(services, officer.username)
    enrolment = services.sign_ins.first_enrolment(begun)
    services.sign_ins.enrol_first(begun, enrolment.sealed, code_at(services, enrolment.secret))
    half, told = start(services, officer.username, ANYWHERE), []
    for n in range(25):
        with pytest.raises((Refused, TooManyAttempts)) as error:
            services.sign_ins.finish(half, "00000", asker=Asker.address(f"203.0.113.{n}"))
        told.append(error.type)
    assert told == [Refused] * 20 + [TooManyAttempts] * 5
