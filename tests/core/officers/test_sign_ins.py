"""Signing in: slow for guessers, the same for unknown names, over after half an hour."""

from __future__ import annotations

import time

import pytest
from argon2 import PasswordHasher
from sqlalchemy import update

from salur.core.errors import Refused, TooManyAttempts
from salur.core.limits.asker import Asker
from salur.core.officers import passwords
from salur.core.officers.answers import Next
from salur.core.tables.officers import AccountRow
from tests.fixtures.officers import PASSWORD, code_at, sign_in_token

HERE = Asker.address("203.0.113.7")


def start(services, username, password=PASSWORD, asker=HERE):
    return services.sign_ins.start(username, password, asker=asker, device="Android, Chrome")


def refusal_of(services, username, password, asker=HERE) -> str:
    try:
        start(services, username, password, asker)
    except Refused as refused:
        return refused.code
    except TooManyAttempts as refused:
        return f"wait {refused.retry_in.total_seconds():.0f}"
    return "in"


def test_name_and_password_let_in_and_the_token_knows_who_it_is(services, heads):
    officer = heads.create("rt")
    started = start(services, officer.username.upper())
    assert started.next is Next.NOTHING
    assert services.sign_ins.officer_of(started.token) == officer


def test_an_unknown_name_is_told_the_same_and_waits_the_same(services, heads):
    known = heads.create("rt").username
    stories = [
        [refusal_of(services, name, "wrong password", Asker.address(address)) for _ in range(8)]
        for name, address in ((known, "203.0.113.1"), ("nobody.at.all", "203.0.113.2"))
    ]
    assert stories[0] == stories[1] == ["wrong_password"] * 5 + ["wait 30"] * 3


@pytest.mark.usefixtures("real_passwords")
def test_an_unknown_name_costs_the_same_work(services, heads):
    known = heads.create("rt").username
    with services.database.writing() as connection:
        connection.execute(update(AccountRow).values(password_hash=passwords.hash_of(PASSWORD)))
    passwords.matches(None, "the hash of nobody is made at its first use")

    def seconds(name: str) -> float:
        before = time.process_time()
        refusal_of(services, name, "wrong password")
        return time.process_time() - before

    assert seconds("nobody.at.all") > seconds(known) / 3  # without the work it is a hundredth


def test_the_wait_doubles_up_to_an_hour_and_a_right_password_ends_it(services, heads, clock):
    officer = heads.create("rt")
    waits = []
    for _ in range(5):
        assert refusal_of(services, officer.username, "wrong password") == "wrong_password"
    for _ in range(9):
        told = refusal_of(services, officer.username, PASSWORD)
        waits.append(int(told.removeprefix("wait ")))
        clock.passes(seconds=waits[-1])
        assert refusal_of(services, officer.username, "wrong password") == "wrong_password"
    assert waits == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]
    clock.passes(hours=1)
    assert refusal_of(services, officer.username, PASSWORD) == "in"
    assert refusal_of(services, officer.username, "wrong password") == "wrong_password"
    assert refusal_of(services, officer.username, PASSWORD) == "in"


def test_one_address_that_tries_many_names_waits_too(services):
    told = [refusal_of(services, f"name{i}", "password of many") for i in range(32)]
    assert told == ["wrong_password"] * 30 + ["wait 30"] * 2
    assert refusal_of(services, "name99", "password of many", Asker.address("198.51.100.1")) == "wrong_password"


def test_right_passwords_of_a_whole_village_behind_one_address_make_nobody_wait(services, heads, clock):
    village = [heads.create("rt", rt=number).username for number in range(1, 61)]
    told = []
    for name in village:
        told += [refusal_of(services, name, "a slip of the finger")] if name.endswith("7") else []
        told.append(refusal_of(services, name, PASSWORD))
        clock.passes(minutes=2)
    assert told.count("in") == 60


def test_a_stranger_who_guesses_does_not_keep_a_head_out_who_has_been_in_from_there(services, heads, clock):
    name = heads.create("rt").username
    assert refusal_of(services, name, PASSWORD) == "in"
    for stranger in range(60):
        refusal_of(services, name, "guess", Asker.address(f"203.0.113.{100 + stranger}"))
    assert refusal_of(services, name, PASSWORD, Asker.address("198.51.100.9")).startswith("wait")
    assert refusal_of(services, name, PASSWORD) == "in"


def test_a_head_who_is_in_changes_his_password_while_strangers_guess(services, heads, enter):
    officer = heads.create("rt")
    enter(officer)
    for stranger in range(40):
        refusal_of(services, officer.username, "guess", Asker.address(f"203.0.113.{100 + stranger}"))
    assert services.credentials.change_password(officer, PASSWORD, "lima kata yang baru", device="")


def test_a_password_that_is_reset_while_it_is_compared_lets_nobody_in(services, heads, monkeypatch):
    officer = heads.create("rt")
    real = passwords.matches

    def slowly(kept, password):
        found = real(kept, password)
        services.accounts.reset(None, officer.username)
        return found

    monkeypatch.setattr(passwords, "matches", slowly)
    assert refusal_of(services, officer.username, PASSWORD) == "wrong_password"


def test_a_new_password_lets_the_linked_chat_go_and_spoils_codes_that_were_printed_before(services, heads):
    officer = heads.create("rt")
    chats = services.chat_links
    chats.link(chats.new_code(officer), 666, asker=Asker.chat(666))
    pending = chats.new_code(officer)
    services.credentials.change_password(officer, PASSWORD, "lima kata yang baru", device="")
    assert chats.officer_of(666) is None
    with pytest.raises(Refused, match="bad_link_code"):
        chats.link(pending, 666, asker=Asker.chat(666))


def test_half_an_hour_without_a_request_ends_it_and_work_keeps_it(services, heads, clock, enter):
    officer = heads.create("rt")
    token = enter(officer)
    for _ in range(4):
        clock.passes(minutes=29)
        assert services.sign_ins.officer_of(token) == officer
    clock.passes(minutes=31)
    assert services.sign_ins.officer_of(token) is None
    (ended,) = services.sign_ins.all(officer, "")
    assert ended.ended_why == "idle"


def test_leaving_ends_it_and_another_sign_in_goes_on(services, heads, enter):
    officer = heads.create("rt")
    here, there = enter(officer), enter(officer)
    services.sign_ins.leave(here)
    assert services.sign_ins.officer_of(here) is None
    assert services.sign_ins.officer_of(there) == officer


def test_one_sees_ones_sign_ins_and_ends_only_ones_own(services, heads, enter):
    officer, other = heads.create("rt"), heads.create("rt", rt=4)
    here, there, foreign = enter(officer), enter(officer), enter(other)
    mine = services.sign_ins.all(officer, here)
    assert [one.here for one in mine] == [False, True]
    (theirs,) = services.sign_ins.all(other, foreign)
    services.sign_ins.end(officer, theirs.id)
    assert services.sign_ins.officer_of(foreign) == other
    services.sign_ins.end(officer, mine[0].id)
    assert services.sign_ins.officer_of(there) is None


def test_a_new_password_ends_every_other_sign_in(services, heads, enter):
    officer = heads.create("rt")
    before = enter(officer)
    with pytest.raises(Refused, match="own_password_wrong"):
        services.credentials.change_password(officer, "not this", "lima kata yang baru", device="")
    after = services.credentials.change_password(officer, PASSWORD, "lima kata yang baru", device="")
    assert services.sign_ins.officer_of(before) is None
    assert services.sign_ins.officer_of(after) == officer
    with pytest.raises(Refused, match="wrong_password"):
        start(services, officer.username)


def test_a_hash_of_older_parameters_is_made_anew_at_the_next_sign_in(services, heads):
    officer = heads.create("rt")
    old = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)

    def kept() -> str:
        with services.database.reading() as connection:
            return connection.exec_driver_sql("SELECT password_hash FROM account").scalar_one()

    with services.database.writing() as connection:
        connection.execute(update(AccountRow).values(password_hash=old))
    start(services, officer.username)
    assert kept() != old
    assert not passwords.is_outdated(kept())


# The second factor


def test_dinsos_is_not_in_before_a_second_factor_is_set_up(services, heads):
    officer = heads.create("dinsos")
    started = start(services, officer.username)
    assert started.next is Next.ENROLMENT
    assert services.sign_ins.officer_of(started.token) is None
    enrolment = services.sign_ins.first_enrolment(started.token)
    with pytest.raises(Refused, match="enrolment_code"):
        services.sign_ins.enrol_first(started.token, enrolment.sealed, "000000")
    _, whole = services.sign_ins.enrol_first(started.token, enrolment.sealed, code_at(services, enrolment.secret))
    assert services.sign_ins.officer_of(whole) == officer
    assert services.sign_ins.officer_of(started.token) is None


def with_second_factor(services, officer) -> tuple[str, tuple[str, ...]]:
    enrolment = services.credentials.enrolment(officer)
    code = code_at(services, enrolment.secret)
    return enrolment.secret, services.credentials.enrol(officer, PASSWORD, enrolment.sealed, code)


def test_whoever_knows_the_password_only_cannot_put_his_own_phone_in_the_place_of_the_other(services, heads):
    officer = heads.create("dinsos")
    sign_in_token(services, officer)
    half = start(services, officer.username).token
    with pytest.raises(Refused, match="sign_in_over"):
        services.sign_ins.first_enrolment(half)
    his_own = services.credentials.enrolment(officer)
    with pytest.raises(Refused, match="sign_in_over"):
        services.sign_ins.enrol_first(half, his_own.sealed, code_at(services, his_own.secret))


def test_whoever_finds_a_browser_open_cannot_set_up_a_second_factor(services, heads):
    officer = heads.create("kelurahan")
    mine = services.credentials.enrolment(officer)
    with pytest.raises(Refused, match="own_password_wrong"):
        services.credentials.enrol(officer, "wrong password", mine.sealed, code_at(services, mine.secret))
    assert not services.credentials.has_second_factor(officer)


def finish(services, token, code) -> str:
    try:
        return "in" if services.sign_ins.finish(token, code, asker=HERE) else "?"
    except Refused as refused:
        return refused.code


def test_a_code_of_the_app_works_once(services, heads, clock):
    officer = heads.create("kelurahan")
    secret, _ = with_second_factor(services, officer)
    clock.passes(minutes=1)
    code = code_at(services, secret)
    assert finish(services, start(services, officer.username).token, code) == "in"
    assert finish(services, start(services, officer.username).token, code) == "wrong_code"
    clock.passes(minutes=1)
    spaced = f"{code_at(services, secret)[:3]} {code_at(services, secret)[3:]}"
    assert finish(services, start(services, officer.username).token, spaced) == "in"


@pytest.mark.parametrize(("off", "told"), [(-2, "wrong_code"), (-1, "in"), (0, "in"), (1, "in"), (2, "wrong_code")])
def test_a_clock_that_is_a_step_off_is_forgiven_and_two_are_not(services, heads, clock, off, told):
    officer = heads.create("kelurahan")
    secret, _ = with_second_factor(services, officer)
    clock.passes(minutes=5)
    assert finish(services, start(services, officer.username).token, code_at(services, secret, later=off)) == told


def test_each_recovery_code_works_once_and_for_its_own_account(services, heads):
    officer, other = heads.create("kelurahan"), heads.create("kecamatan")
    _, codes = with_second_factor(services, officer)
    with_second_factor(services, other)
    assert len(set(codes)) == 10
    assert finish(services, start(services, other.username).token, codes[0]) == "wrong_code"
    typed = codes[0].lower().replace("-", " ")
    assert finish(services, start(services, officer.username).token, typed) == "in"
    assert finish(services, start(services, officer.username).token, codes[0]) == "wrong_code"


def test_guessing_codes_runs_into_the_same_waits(services, heads):
    officer = heads.create("kelurahan")
    with_second_factor(services, officer)
    token = start(services, officer.username).token
    for _ in range(5):
        assert finish(services, token, "000000") == "wrong_code"
    for again in (token, start(services, officer.username).token):  # the password once more is no way past it
        with pytest.raises(TooManyAttempts):
            services.sign_ins.finish(again, "000000", asker=HERE)


def test_ten_minutes_are_enough_to_type_a_code(services, heads, clock):
    officer = heads.create("kelurahan")
    secret, _ = with_second_factor(services, officer)
    token = start(services, officer.username).token
    clock.passes(minutes=11)
    assert finish(services, token, code_at(services, secret)) == "sign_in_over"


def test_a_second_factor_is_dropped_with_the_password_only_and_never_by_dinsos(services, heads):
    officer, dinsos = heads.create("rt"), heads.create("dinsos")
    with_second_factor(services, officer)
    with pytest.raises(Refused, match="own_password_wrong"):
        services.credentials.drop_second_factor(officer, "wrong password")
    services.credentials.drop_second_factor(officer, PASSWORD)
    assert start(services, officer.username).next is Next.NOTHING
    sign_in_token(services, dinsos)
    with pytest.raises(Refused, match="second_factor_required"):
        services.credentials.drop_second_factor(dinsos, PASSWORD)
