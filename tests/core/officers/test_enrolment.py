"""Setting up a second factor: a slip costs another code, never another scan, and nothing can be sent again."""

from __future__ import annotations

import pytest

from salur.core.errors import Refused, TooManyAttempts
from salur.core.limits.asker import Asker
from tests.fixtures.officers import PASSWORD, code_at

HERE = Asker.address("203.0.113.7")
WRONG = "000000"


@pytest.fixture
def officer(heads):
    return heads.create("kelurahan")


def enrol(services, officer, enrolment, *, code=None, password=PASSWORD) -> str:
    code = code or code_at(services, enrolment.secret)
    try:
        return "set up" if services.credentials.enrol(officer, password, enrolment.sealed, code) else "?"
    except Refused as refused:
        return refused.code


def half(services, officer) -> str:
    return services.sign_ins.start(officer.username, PASSWORD, asker=HERE, device="").token


def test_after_a_wrong_code_the_code_of_the_same_secret_is_good(services, officer, clock):
    begun = services.credentials.enrolment(officer)
    assert enrol(services, officer, begun, code=WRONG) == "enrolment_code"
    clock.passes(minutes=5)
    again = services.credentials.enrolment(officer, begun.sealed)
    assert again == begun
    assert enrol(services, officer, again) == "set up"


def test_dinsos_gets_in_after_a_slip_with_what_his_phone_has_scanned(services, heads):
    dinsos = heads.create("dinsos")
    token = half(services, dinsos)
    begun = services.sign_ins.first_enrolment(token)
    with pytest.raises(Refused, match="enrolment_code"):
        services.sign_ins.enrol_first(token, begun.sealed, WRONG)
    again = services.sign_ins.first_enrolment(token, begun.sealed)
    assert again == begun
    _, whole = services.sign_ins.enrol_first(token, again.sealed, code_at(services, begun.secret))
    assert services.sign_ins.officer_of(whole) == dinsos


@pytest.mark.parametrize(
    ("off", "told"), [(-2, "enrolment_code"), (-1, "set up"), (1, "set up"), (2, "enrolment_code")]
)
def test_a_phone_whose_clock_is_a_step_off_is_let_in(services, officer, off, told):
    begun = services.credentials.enrolment(officer)
    assert enrol(services, officer, begun, code=code_at(services, begun.secret, later=off)) == told


@pytest.mark.parametrize(("minutes", "told"), [(14, "set up"), (15, "enrolment_over")])
def test_the_secret_is_good_for_a_quarter_of_an_hour_from_its_beginning(services, officer, clock, minutes, told):
    begun = services.credentials.enrolment(officer)
    clock.passes(minutes=minutes - 1)
    services.credentials.enrolment(officer, begun.sealed)  # shown again: that renews nothing
    clock.passes(minutes=1)
    assert enrol(services, officer, begun) == told
    assert services.credentials.has_second_factor(officer) == (told == "set up")


def test_a_secret_that_is_over_is_not_shown_again_and_costs_no_try(services, officer, clock):
    begun = services.credentials.enrolment(officer)
    clock.passes(minutes=15)
    with pytest.raises(Refused, match="enrolment_over"):
        services.credentials.enrolment(officer, begun.sealed)
    told = [enrol(services, officer, begun, password="not this") for _ in range(9)]
    assert set(told) == {"enrolment_over"}
    assert enrol(services, officer, services.credentials.enrolment(officer)) == "set up"


def test_dinsos_has_half_an_hour_to_set_it_up_and_sees_a_second_picture(services, heads, clock):
    dinsos = heads.create("dinsos")
    token = half(services, dinsos)
    first = services.sign_ins.first_enrolment(token)
    clock.passes(minutes=16)
    with pytest.raises(Refused, match="enrolment_over"):
        services.sign_ins.enrol_first(token, first.sealed, code_at(services, first.secret))
    second = services.sign_ins.first_enrolment(token)
    clock.passes(minutes=13)
    assert services.sign_ins.enrol_first(token, second.sealed, code_at(services, second.secret))


def test_the_half_sign_in_is_over_after_half_an_hour(services, heads, clock):
    token = half(services, heads.create("dinsos"))
    clock.passes(minutes=30)
    with pytest.raises(Refused, match="sign_in_over"):
        services.sign_ins.first_enrolment(token)


def test_a_wrong_password_keeps_the_secret_and_says_nothing_of_the_code(services, officer):
    begun = services.credentials.enrolment(officer)
    right = code_at(services, begun.secret)
    told = [enrol(services, officer, begun, code=code, password="not this") for code in (right, WRONG)]
    assert told == ["own_password_wrong"] * 2
    assert enrol(services, officer, begun, code=right) == "set up", "the code was not spent"


def test_who_has_to_wait_goes_on_afterwards_with_the_same_secret(services, officer, clock):
    begun = services.credentials.enrolment(officer)
    for _ in range(5):
        assert enrol(services, officer, begun, password="not this") == "own_password_wrong"
    with pytest.raises(TooManyAttempts):
        enrol(services, officer, begun)
    assert services.credentials.enrolment(officer, begun.sealed) == begun
    clock.passes(seconds=30)
    assert enrol(services, officer, begun) == "set up"


def test_what_was_begun_for_one_account_serves_no_other(services, heads):
    mine, theirs = heads.create("rt"), heads.create("rt", rt=4)
    begun = services.credentials.enrolment(mine)
    assert enrol(services, theirs, begun) == "enrolment_over"
    with pytest.raises(Refused, match="enrolment_over"):
        services.credentials.enrolment(theirs, begun.sealed)


@pytest.mark.parametrize("sealed", ["", "0", "not hex", "00" * 80, "۱۲"])
def test_what_salur_did_not_seal_is_refused(services, officer, sealed):
    with pytest.raises(Refused, match="enrolment_over"):
        services.credentials.enrol(officer, PASSWORD, sealed, WRONG)


def test_a_code_that_set_it_up_does_so_once_whatever_comes_between(services, officer):
    sign_ins = services.sign_ins
    begun = services.credentials.enrolment(officer)
    code = code_at(services, begun.secret)
    recovery = services.credentials.enrol(officer, PASSWORD, begun.sealed, code)
    assert enrol(services, officer, begun, code=code) == "enrolment_code"
    assert sign_ins.finish(half(services, officer), recovery[0], asker=HERE), "those that were shown are still good"
    services.credentials.drop_second_factor(officer, PASSWORD)
    assert enrol(services, officer, begun, code=code) == "enrolment_code"
    assert not services.credentials.has_second_factor(officer)


def test_a_new_phone_right_after_signing_in_waits_for_its_next_code(services, officer, clock):
    assert enrol(services, officer, services.credentials.enrolment(officer)) == "set up"
    another = services.credentials.enrolment(officer)
    assert enrol(services, officer, another) == "enrolment_code", "half a minute's code is used, whoever made it"
    clock.passes(seconds=30)
    assert enrol(services, officer, another) == "set up"
