"""Accounts: paper from the level above, for one office, once."""

from __future__ import annotations

import pytest

from salur.core.errors import BadUsername, Refused, WeakPassword
from salur.core.officers import passwords
from salur.core.officers.roles import INVITES, Role
from salur.core.regions.territory import Territory
from tests.fixtures.office import TEGAL_GUNDIL
from tests.fixtures.officers import BOGOR_UTARA, CITY, PASSWORD

RT_2 = Territory(TEGAL_GUNDIL, 5, 2)
WHERE = {
    Role.RT: RT_2,
    Role.RW: Territory(TEGAL_GUNDIL, 5),
    Role.KELURAHAN: Territory(TEGAL_GUNDIL),
    Role.KECAMATAN: Territory(BOGOR_UTARA),
    Role.DINSOS: Territory(CITY),
    Role.PAYOUT: Territory(TEGAL_GUNDIL),
}


def refusal(call, *arguments) -> str:
    with pytest.raises(Refused) as refused:
        call(*arguments)
    return refused.value.code


def may_invite(services, officer, role, territory) -> bool:
    try:
        services.invitations.invite(officer, role, territory)
    except Refused as refused:
        return refused.code != "may_not_invite"
    return True


@pytest.mark.parametrize("inviter", list(Role))
def test_each_level_invites_the_next_one_and_nobody_else(services, heads, inviter):
    officer = heads.create(inviter)
    may = {role for role, territory in WHERE.items() if may_invite(services, officer, role, territory)}
    assert may == set(INVITES.get(inviter, ()))


@pytest.mark.parametrize(
    "elsewhere",
    [Territory(TEGAL_GUNDIL, 6, 2), Territory("32.71.05.1003", 5, 2), Territory("76.04.01.1001", 5, 2)],
)
def test_nobody_invites_into_a_neighbours_area(services, heads, elsewhere):
    assert refusal(services.invitations.invite, heads.create("rw"), Role.RT, elsewhere) == "may_not_invite"


@pytest.mark.parametrize(
    ("role", "territory"),
    [
        (Role.RT, Territory(TEGAL_GUNDIL, 5)),
        (Role.RW, Territory(TEGAL_GUNDIL)),
        (Role.RW, RT_2),
        (Role.KELURAHAN, Territory(BOGOR_UTARA)),
        (Role.DINSOS, Territory("32")),
    ],
)
def test_an_area_of_the_wrong_size_is_refused_even_to_the_console(services, role, territory):
    assert refusal(services.invitations.invite, None, role, territory) == "bad_territory"


def test_a_code_opens_one_account_and_never_a_second(services, heads):
    code = services.invitations.invite(heads.create("rw"), Role.RT, RT_2).code
    services.invitations.accept(code.lower().replace("-", " "), "Rt02.Rw05", PASSWORD)
    assert refusal(services.invitations.accept, code, "another", PASSWORD) == "bad_invitation"
    accounts, invitations = services.accounts.everyone()
    made = next(account for account in accounts if account.role is Role.RT)
    assert (made.username, made.territory, made.region_name) == ("rt02.rw05", RT_2, "Tegal Gundil")
    assert invitations == ()


def test_a_code_is_good_for_seven_days(services, heads, clock):
    code = services.invitations.invite(heads.create("rw"), Role.RT, RT_2).code
    clock.passes(days=6, hours=23)
    assert services.invitations.invitation(code).territory == RT_2
    clock.passes(hours=2)
    assert refusal(services.invitations.invitation, code) == "bad_invitation"


def test_a_withdrawn_invitation_opens_nothing_and_only_its_own_level_withdraws(services, heads):
    rw = heads.create("rw")
    code = services.invitations.invite(rw, Role.RT, RT_2).code
    (open_one,) = services.accounts.below(rw)[1]
    for stranger in (heads.create("rw", rw=6), heads.create("kelurahan"), heads.create("dinsos")):
        assert refusal(services.invitations.withdraw, stranger, open_one.id) == "no_such_invitation"
    services.invitations.withdraw(rw, open_one.id)
    assert refusal(services.invitations.invitation, code) == "bad_invitation"


@pytest.mark.parametrize("name", ["", "ab", "a" * 31, "rt 02", "-rt02", "ibu@rt", "rt02;"])
def test_a_user_name_has_a_shape(services, name):
    code = services.invitations.invite(None, Role.RT, RT_2).code
    with pytest.raises(BadUsername, match="username_shape"):
        services.invitations.accept(code, name, PASSWORD)


def test_a_taken_user_name_and_a_weak_password_do_not_spend_the_code(services, heads):
    taken = heads.create("rw").username
    code = services.invitations.invite(None, Role.RT, RT_2).code
    with pytest.raises(BadUsername, match="username_taken"):
        services.invitations.accept(code, taken.upper(), PASSWORD)
    for weak in ("short", "aaaaaaaaaaaa", "password12", "rt02.rw05xx"):
        with pytest.raises(WeakPassword):
            services.invitations.accept(code, "rt02.rw05", weak)
    services.invitations.accept(code, "rt02.rw05", PASSWORD)


def test_whom_one_does_not_invite_one_neither_sees_nor_closes_nor_resets(services, heads):
    rw = heads.create("rw")
    own, above = heads.create("rt"), heads.create("kelurahan")
    neighbour = heads.create("rt", rw=6)
    assert [account.id for account in services.accounts.below(rw)[0]] == [own.account]
    for other in (above, neighbour, rw):
        assert refusal(services.accounts.close, rw, other.account) == "no_such_account"
        assert refusal(services.accounts.reset, rw, other.account) == "no_such_account"


def test_a_reset_ends_the_old_password_and_the_new_code_keeps_the_name(services, heads, enter):
    rw, rt = heads.create("rw"), heads.create("rt")
    token = enter(rt)
    invited = services.accounts.reset(rw, rt.account)
    assert services.sign_ins.officer_of(token) is None
    with pytest.raises(Refused, match="wrong_password"):
        enter(rt)
    assert services.invitations.invitation(invited.code).username == rt.username
    services.invitations.accept(invited.code, "somebody-else", "lima kata yang baru")
    assert enter(rt, "lima kata yang baru")


def test_a_closed_account_is_out_at_once_and_stays_out(services, heads, enter):
    rw, rt = heads.create("rw"), heads.create("rt")
    token = enter(rt)
    pending = services.accounts.reset(rw, rt.account).code
    services.accounts.close(rw, rt.account)
    assert services.sign_ins.officer_of(token) is None
    with pytest.raises(Refused, match="wrong_password"):
        enter(rt)
    assert refusal(services.invitations.accept, pending, "", PASSWORD) == "bad_invitation"
    (closed,) = services.accounts.below(rw)[0]
    assert closed.closed_at is not None


def test_a_lost_code_for_a_new_password_is_worthless_once_another_was_made(services, heads):
    rw, rt = heads.create("rw"), heads.create("rt")
    lost = services.accounts.reset(rw, rt.account).code
    second = services.accounts.reset(rw, rt.account).code
    services.invitations.accept(second, "", "sandi baru yang baik")
    assert refusal(services.invitations.accept, lost, "", "sandi si penyusup") == "bad_invitation"


def test_what_is_withdrawn_while_it_is_taken_up_opens_nothing(services, heads, monkeypatch):
    rw = heads.create("rw")
    code = services.invitations.invite(rw, Role.RT, RT_2).code
    real = passwords.hash_of

    def slowly(password):
        (open_one,) = services.accounts.below(rw)[1]
        services.invitations.withdraw(rw, open_one.id)
        return real(password)

    monkeypatch.setattr(passwords, "hash_of", slowly)
    assert refusal(services.invitations.accept, code, "rt02.rw05", PASSWORD) == "bad_invitation"


def test_invitations_of_a_closed_account_open_nothing(services, heads):
    lurah = heads.create("kelurahan")
    code = services.invitations.invite(lurah, Role.RW, WHERE[Role.RW]).code
    services.accounts.close(None, lurah.username)
    assert refusal(services.invitations.accept, code, "rw05", PASSWORD) == "bad_invitation"
