"""In production the accounts of the sample city do nothing: everyone who tried Salur out has read their password."""

from __future__ import annotations

import re
import time
from dataclasses import replace

import pytest
from sqlalchemy import update

from salur.core.errors import BadUsername, Refused
from salur.core.limits.asker import Asker
from salur.core.officers import passwords
from salur.core.officers.answers import Next
from salur.core.officers.roles import Role
from salur.core.proposals.kinds import Holder
from salur.core.regions.territory import Territory
from salur.core.tables.officers import AccountRow
from salur.web.app import create_app
from salur.wiring import build
from tests.fixtures.circulars import a_circular
from tests.fixtures.office import TEGAL_GUNDIL
from tests.fixtures.officers import PASSWORD, code_at, sign_in_token
from tests.fixtures.proposals import a_draft
from tests.web.officers.test_sign_in import Browser

HERE = Asker.address("203.0.113.7")
RT_2 = Territory(TEGAL_GUNDIL, 5, 2)
CHAT, OTHER_CHAT = 700_100_200, 700_100_300


@pytest.fixture
def production(services, settings, clock):
    """The same database, served in earnest."""
    built = build(replace(settings, env="production"), clock=clock)
    yield built
    built.database.dispose()


@pytest.fixture
def sample(services, heads):
    """`sample("rw")`: an account as the sample city has them."""

    def create(role: str, **where: int):
        officer = heads.create(role, **where)
        named = replace(officer, username=f"coba.{role}")
        with services.database.writing() as connection:
            changed = update(AccountRow).where(AccountRow.id == officer.account)
            connection.execute(changed.values(username=named.username))
        return named

    return create


def refusal(call, *arguments, **named) -> str:
    with pytest.raises(Refused) as refused:
        call(*arguments, **named)
    return refused.value.code


def start(services, username, password=PASSWORD):
    return services.sign_ins.start(username, password, asker=HERE, device="Android, Chrome")


# Signing in


def test_where_salur_is_tried_out_they_sign_in(services, sample):
    officer = sample("rt")
    assert services.sign_ins.officer_of(sign_in_token(services, officer)) == officer


def test_the_right_password_is_told_what_a_wrong_one_is(production, sample, heads):
    officer = sample("rt")
    assert refusal(start, production, officer.username) == "wrong_password"
    assert start(production, heads.create("rt", rt=4).username).next is Next.NOTHING


def test_on_the_page_it_reads_like_any_wrong_password(production, sample, heads):
    browser, known = Browser(create_app(production)), heads.create("rt", rt=4)
    shown = [browser.signs_in(sample("rt")), browser.signs_in(known, "wrong password")]
    assert [page.status_code for page in shown] == [422, 422]
    # The form token holds the second in which it was made, which may be another.
    told = [re.sub(r'name="csrf_token"[^>]*>', "", page.text) for page in shown]
    assert all("csrf_token" in page.text for page in shown)
    assert told[0].replace("coba.rt", "") == told[1].replace(known.username, "")


@pytest.mark.usefixtures("real_passwords")
def test_it_costs_the_work_of_any_wrong_password(production, services, sample, heads):
    names = sample("rt").username, heads.create("rt", rt=4).username
    with services.database.writing() as connection:
        connection.execute(update(AccountRow).values(password_hash=passwords.hash_of(PASSWORD)))
    passwords.matches(None, "the hash of nobody is made at its first use")

    def seconds(name: str, password: str) -> float:
        before = time.process_time()
        assert refusal(start, production, name, password) == "wrong_password"
        return time.process_time() - before

    assert seconds(names[0], PASSWORD) > seconds(names[1], "wrong password") / 3  # without the work it is a hundredth


def test_a_sign_in_from_before_is_over(services, production, sample, heads):
    officer, real = sample("rt"), heads.create("rt", rt=4)
    tokens = [sign_in_token(services, one) for one in (officer, real)]
    assert [production.sign_ins.officer_of(token) for token in tokens] == [None, real]


def test_half_a_sign_in_from_before_cannot_be_finished(services, production, sample):
    officer = sample("kelurahan")
    enrolment = services.credentials.enrolment(officer)
    services.credentials.enrol(officer, PASSWORD, enrolment.sealed, code_at(services, enrolment.secret))
    half = start(services, officer.username)
    assert half.next is Next.CODE
    code = code_at(services, enrolment.secret, later=1)
    assert refusal(production.sign_ins.finish, half.token, code, asker=HERE) == "sign_in_over"


def test_a_second_factor_cannot_be_set_up_either(services, production, sample):
    half = start(services, sample("dinsos").username)
    assert half.next is Next.ENROLMENT
    assert refusal(production.sign_ins.first_enrolment, half.token) == "sign_in_over"
    enrolment = services.sign_ins.first_enrolment(half.token)
    code = code_at(services, enrolment.secret)
    assert refusal(production.sign_ins.enrol_first, half.token, enrolment.sealed, code) == "sign_in_over"


# Telegram


def test_a_linked_chat_is_nobodys_and_can_be_linked_anew(services, production, sample, heads, link):
    link(sample("rw"), CHAT)
    assert production.chat_links.officer_of(CHAT) is None
    real = heads.create("rt")
    production.chat_links.link(production.chat_links.new_code(real), CHAT, asker=Asker.chat(CHAT))
    assert production.chat_links.officer_of(CHAT) == real


def test_a_link_code_from_before_links_nothing(services, production, sample):
    code = services.chat_links.new_code(sample("rw"))
    assert refusal(production.chat_links.link, code, CHAT, asker=Asker.chat(CHAT)) == "bad_link_code"


def test_its_chat_is_told_of_nothing(services, production, sample, heads, link):
    link(sample("rw"), CHAT)
    link(heads.create("rw"), OTHER_CHAT)
    production.proposals.send(a_draft(), asker=HERE)
    production.circulars.write(heads.create("dinsos"), a_circular())
    told = {(int(notice.address), notice.code) for notice in production.notices.take()}
    assert told == {(OTHER_CHAT, "proposal_waiting"), (OTHER_CHAT, "circular")}


def test_what_lay_with_it_is_taken_back_where_it_was_told_before(services, production, sample, heads, link):
    dinsos = heads.create("dinsos")
    link(sample("rw"), CHAT)
    id = services.circulars.write(dinsos, a_circular())
    assert [int(notice.address) for notice in services.notices.take()] == [CHAT]
    production.circulars.withdraw(dinsos, id)
    assert production.notices.take() == []


# The chain


def test_a_proposal_does_not_lie_on_a_desk_of_the_sample(services, production, sample, heads):
    sample("rt")
    heads.create("kelurahan")
    assert services.proposals.send(a_draft(), asker=HERE).first_holder is Holder.NEIGHBOURHOOD
    assert production.proposals.send(a_draft(), asker=HERE).first_holder is Holder.KELURAHAN


def test_no_circular_waits_for_it(production, sample, heads):
    dinsos = heads.create("dinsos")
    heads.create("rw", rw=6)
    sample("rw")
    id = production.circulars.prepare(dinsos, a_circular())
    _, _, reach = production.circulars.draft(dinsos, id)
    assert reach.offices == 1


# Invitations


def test_nobody_takes_such_a_name_and_the_code_stays_good(production):
    code = production.invitations.invite(None, Role.RT, RT_2).code
    with pytest.raises(BadUsername, match="username_taken"):
        production.invitations.accept(code, "Coba.rt02", PASSWORD)
    production.invitations.accept(code, "cobaan.rt02", PASSWORD)
    assert start(production, "cobaan.rt02").next is Next.NOTHING


def test_an_invitation_that_it_printed_opens_nothing(services, production, sample):
    code = services.invitations.invite(sample("rw"), Role.RT, RT_2).code
    assert services.invitations.invitation(code).territory == RT_2
    assert refusal(production.invitations.invitation, code) == "bad_invitation"
    assert refusal(production.invitations.accept, code, "rt02.rw05", PASSWORD) == "bad_invitation"
    assert production.accounts.everyone()[1] == ()


def test_whom_it_invites_is_known_by_his_name_too(services, sample):
    code = services.invitations.invite(sample("rw"), Role.RT, RT_2).code
    with pytest.raises(BadUsername, match="username_sample"):
        services.invitations.accept(code, "rt02.rw05", PASSWORD)
    services.invitations.accept(code, "coba.rt02", PASSWORD)


def test_it_gets_no_new_password_but_can_be_closed(services, production, sample):
    officer = sample("rt")
    code = services.accounts.reset(None, officer.username).code
    assert refusal(production.invitations.invitation, code) == "bad_invitation"
    assert refusal(production.accounts.reset, None, officer.username) == "no_such_account"
    assert production.accounts.close(None, officer.username) == officer.username
    assert refusal(start, services, officer.username) == "wrong_password"
