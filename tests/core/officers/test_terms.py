"""A head's term ends on a day: from the next on the account opens nothing, and the nightly work closes it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from salur.core.errors import NotThere, Refused
from salur.core.officers.roles import Role
from salur.core.regions.territory import Territory
from salur.core.rollout.answers import AccountFilter, AccountState, HeadRow
from tests.fixtures.office import TEGAL_GUNDIL
from tests.fixtures.officers import CITY, PASSWORD

TODAY = date(2026, 2, 20)


def test_after_its_last_day_an_account_is_out_and_stays_out(services, heads, enter, clock):
    lurah, rt = heads.create("kelurahan"), heads.create("rt")
    services.accounts.end_on(lurah, rt.account, TODAY)
    token = enter(rt)
    clock.now = clock.now.replace(hour=16, minute=50)  # ten to midnight in Bogor
    token = enter(rt)
    assert services.sign_ins.officer_of(token) == rt
    clock.passes(minutes=15)
    assert services.sign_ins.officer_of(token) is None
    with pytest.raises(Refused, match="wrong_password"):
        enter(rt)
    assert services.register.one(lurah, rt.account).closed_at is None
    assert services.retention.purge().accounts == 1
    assert services.register.one(lurah, rt.account).closed_at == clock.now
    assert services.retention.purge().accounts == 0


def test_the_office_above_is_warned_thirty_days_before_and_so_is_the_head(services, heads):
    lurah, rt = heads.create("kelurahan"), heads.create("rt")
    services.accounts.end_on(lurah, rt.account, TODAY + timedelta(days=31))
    assert (services.accounts.count_ending(lurah), services.accounts.ends_on(rt)) == (0, None)
    last = TODAY + timedelta(days=30)
    services.accounts.end_on(lurah, rt.account, last)
    assert (services.accounts.count_ending(lurah), services.accounts.ends_on(rt)) == (1, last)
    ending = services.register.page(lurah, AccountFilter(state=AccountState.ENDING), 1)
    assert [one.id for one in ending.page] == [rt.account]


def test_a_term_on_the_list_of_heads_becomes_that_of_the_account(services, heads):
    dinsos = heads.create("dinsos")
    rows = [
        HeadRow(2, "", "RT", "1", "5", "Tegal Gundil", "2028-12-31"),
        HeadRow(3, "", "RT", "2", "5", "Tegal Gundil", "2020-12-31"),
        HeadRow(4, "", "RT", "4", "5", "Tegal Gundil", "kapan-kapan"),
    ]
    done = services.rollout.invite_many(dinsos, rows)
    assert [(one.row, one.code) for one in done.refused] == [(3, "head_ends"), (4, "head_ends")]
    id = services.invitations.accept(done.slips[0].invited.code, "rt01.rw05", PASSWORD)
    assert services.register.one(dinsos, id).ends_on == date(2028, 12, 31)


def test_a_desk_shows_all_below_it_by_state_and_nobody_else(services, heads, enter):
    lurah, rw, rt = heads.create("kelurahan"), heads.create("rw"), heads.create("rt")
    elsewhere, dinsos = heads.create("rt", "32.71.01.1001"), heads.create("dinsos", CITY)
    enter(rt)
    services.accounts.close(lurah, rw.account)

    def found(officer, **filter):
        return {one.id for one in services.register.page(officer, AccountFilter(**filter), 1).page}

    assert found(lurah) == {rw.account, rt.account}
    assert found(dinsos) == {lurah.account, rw.account, rt.account, elsewhere.account}
    assert found(dinsos, region="32.71.01") == {elsewhere.account}
    assert found(lurah, region="32.71.01") == {rw.account, rt.account}
    assert found(lurah, state=AccountState.ACTIVE) == {rt.account}
    assert found(lurah, state=AccountState.CLOSED) == {rw.account}
    assert found(dinsos, state=AccountState.UNSEEN) == {lurah.account, elsewhere.account}
    assert found(dinsos, role=Role.KELURAHAN) == {lurah.account}
    assert found(dinsos, name=rt.username) == {rt.account}
    counts = services.register.page(dinsos, AccountFilter(role=Role.RT), 1).counts
    assert (counts[AccountState.ALL], counts[AccountState.ACTIVE]) == (2, 1)


def test_nobody_touches_an_account_beside_or_above(services, heads):
    lurah = heads.create("kelurahan")
    for other in (heads.create("rt", "32.71.01.1001"), heads.create("kecamatan"), heads.create("dinsos"), lurah):
        for ask in (services.accounts.close, services.accounts.reset, services.register.one):
            with pytest.raises(NotThere):
                ask(lurah, other.account)
        with pytest.raises(NotThere):
            services.accounts.end_on(lurah, other.account, TODAY)


def test_a_renewed_password_opens_no_account_whose_term_is_over(services, heads, clock):
    lurah = heads.create("kelurahan")
    rt = heads.create("rt")
    code = services.accounts.reset(lurah, rt.account).code
    services.accounts.end_on(lurah, rt.account, TODAY - timedelta(days=1))
    with pytest.raises(Refused, match="bad_invitation"):
        services.invitations.accept(code, "", "lima kata yang baru")
    assert services.invitations.invite(lurah, Role.RW, Territory(TEGAL_GUNDIL, 7), TODAY).ends_on == TODAY
