"""Where letters are withheld: by RT, with the reports of residents for Dinas Sosial alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from salur.core.errors import NotThere
from salur.core.letters.handing.answers import Counts
from salur.core.limits.asker import Asker
from salur.core.limits.kinds import Door
from salur.core.officers.roles import Role
from salur.core.proposals.kinds import Kind
from salur.core.regions.territory import Territory
from tests.fixtures.circulars import BANTAR_JATI
from tests.fixtures.office import TEGAL_GUNDIL, Announced, Recipient
from tests.fixtures.proposals import a_draft

RT_3, RT_4 = Territory(TEGAL_GUNDIL, 5, 3), Territory(TEGAL_GUNDIL, 5, 4)
FAR = dt.date(2026, 3, 20)


@pytest.fixture
def printed(office, press):
    """Two letters of RT 3 and one of RT 4, whose day is weeks ahead."""
    office.publishes(Recipient(name="SITI MAESAROH"), Recipient(name="NENENG YATI"), Recipient(name="ASEP", rt=4))
    office.announces(Announced(date=FAR))
    return press.prints()


def hands_over(services, officer, area):
    """All that wait there."""
    waiting = services.handing.letters(officer, area, door=Door.SITE).counts.waiting
    services.handing.hand_over_all(officer, area, waiting, door=Door.SITE)


def reports(services, chat=1, **about):
    """A resident says that something is wrong."""
    draft = replace(a_draft(Kind.LAPORAN), **{"reason": "letter_withheld", "territory": RT_4, **about})
    services.proposals.send(draft, asker=Asker.chat(chat))


def parts(services, officer):
    """RT by RT, in their order: how many are late, and how many reports."""
    return [(one.area, one.late, one.reports) for one in services.withheld.by_rt(officer).parts]


def test_a_letter_is_withheld_after_three_days(printed, services, press, clock):
    clock.passes(days=3)
    assert parts(services, press.officer) == [(RT_3, 0, None), (RT_4, 0, None)]
    assert services.withheld.count(press.officer) == 0
    clock.passes(seconds=1)
    hands_over(services, press.officer, RT_3)
    assert parts(services, press.officer) == [(RT_4, 1, None), (RT_3, 0, None)]
    assert services.withheld.count(press.officer) == 1


def test_or_when_its_day_is_two_days_ahead_or_over(office, press, services, clock):
    office.publishes(Recipient(), Recipient(rt=4))
    day = clock().date()
    office.announces(Announced(date=day + dt.timedelta(days=1), rw=5, rt=3), Announced(date=FAR, rw=5, rt=4))
    press.prints()
    first, second = services.withheld.by_rt(press.officer).parts
    assert (first.area, first.long, first.soon, first.late, first.is_withheld) == (RT_3, 0, 1, 1, True)
    assert (second.area, second.soon, second.is_withheld) == (RT_4, 0, False)
    clock.passes(days=5)
    first = services.withheld.by_rt(press.officer).parts[0]
    assert (first.long, first.soon, first.late) == (1, 1, 1), "counted once, though it is late in both ways"
    assert services.withheld.count(press.officer) == services.withheld.by_rt(press.officer).where == 2


def test_the_sums_are_those_of_all_rt(printed, services, press, clock):
    hands_over(services, press.officer, RT_4)
    clock.passes(days=4)
    found = services.withheld.by_rt(press.officer)
    assert found.total.counts == Counts(printed=3, handed=1, waiting=2)
    assert found.total.counts == sum((one.counts for one in found.parts), Counts())
    assert all(one.counts.adds_up for one in found.parts)
    assert (found.where, found.total.late) == (1, 2)


def test_reports_of_residents_put_an_rt_first_for_dinas_sosial_alone(printed, services, press, heads):
    hands_over(services, press.officer, RT_3)
    hands_over(services, press.officer, RT_4)
    reports(services)
    reports(services, chat=2, reason="levy")
    reports(services, chat=3, territory=Territory(BANTAR_JATI, 1, 1))
    dinsos = heads.create(Role.DINSOS)
    assert parts(services, dinsos) == [
        (Territory(BANTAR_JATI, 1, 1), 0, 1),
        (RT_4, 0, 1),
        (RT_3, 0, 0),
    ]
    assert services.withheld.by_rt(dinsos).total.reports == 2
    assert services.withheld.count(dinsos) == services.withheld.by_rt(dinsos).where == 2
    for role in (Role.KELURAHAN, Role.KECAMATAN):
        assert parts(services, heads.create(role)) == [(RT_3, 0, None), (RT_4, 0, None)]


def test_an_old_report_counts_until_it_is_answered(printed, services, heads, clock):
    reports(services)
    clock.passes(days=31)
    assert services.withheld.by_rt(heads.create(Role.DINSOS)).total.reports == 1


def test_what_proved_untrue_counts_no_longer(printed, services, heads, levels):
    reports(services)
    levels.takes("rejected", "dinsos", "not_proven")
    assert services.withheld.by_rt(heads.create(Role.DINSOS)).total.reports == 0


def test_offices_see_their_own_area_and_heads_nothing(printed, services, heads):
    assert parts(services, heads.create(Role.KELURAHAN, BANTAR_JATI)) == []
    for role in (Role.RT, Role.RW, Role.PAYOUT):
        with pytest.raises(NotThere, match="no_such_desk"):
            services.withheld.by_rt(heads.create(role))
