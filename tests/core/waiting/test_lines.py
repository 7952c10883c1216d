"""Accepted proposals wait in an order for the places of a programme with a quota."""

from __future__ import annotations

from collections import Counter

import pytest

from salur.core.errors import FieldRefused, NotThere, Refused
from salur.core.limits.asker import Asker
from salur.core.officers.roles import Role
from salur.core.people.nik import Kk
from salur.core.proposals.kinds import Holder, LineRule, Outcome, Standing, Step
from salur.core.tables.privacy import AccessRow
from salur.core.tables.proposals import ProposalRow
from salur.core.waiting.kinds import LineStep
from tests.fixtures.office import Recipient, a_kk, a_nik
from tests.fixtures.proposals import Sender, a_draft, log_of, rows
from tests.fixtures.waiting import told


def test_who_was_accepted_first_stands_first_and_each_may_know_his_place(desk):
    first, second = desk.accepts("Ani Suryani"), desk.accepts("Budi Santoso")
    assert first.looks().lines == (), "without a quota a ticket says what it always said"
    desk.limits(3)
    assert desk.names() == ["Ani Suryani", "Budi Santoso"]
    (line,) = second.looks().lines
    assert (line.standing, line.position, line.waiting) == (Standing.WAITING, 2, 2)
    assert (line.programme, line.rule, line.at) == ("APBD", LineRule.ACCEPTED, desk.clock())


def test_another_rule_is_another_order_and_both_stay_on_record(desk, clock):
    late = Sender(desk.services, Asker.chat(1))
    late.sends(a_draft(name="Ani Suryani", kk=None))
    desk.accepts("Budi Santoso")
    oldest = min(row.id for row in rows(desk.services, ProposalRow))
    with desk.services.database.writing() as connection:
        log_of(desk.services).append(connection, oldest, Step.ACCEPTED, level=Holder.DINSOS)
    clock.passes(minutes=11)
    desk.limits(3)
    assert desk.names() == ["Budi Santoso", "Ani Suryani"]
    desk.limits(3, LineRule.SENT)
    assert desk.names() == ["Ani Suryani", "Budi Santoso"]
    assert [quota.rule for quota in desk.line().quotas] == [LineRule.SENT, LineRule.ACCEPTED]


def test_what_was_accepted_minutes_ago_may_be_taken_back_and_waits_ten(desk, services, clock, levels, sender):
    desk.limits(1)
    sender.sends(a_draft(kk=None))
    levels.takes("accepted", "dinsos")
    assert desk.line().counts.all == 0
    clock.passes(minutes=10)
    assert desk.line().counts[Standing.WAITING] == 1


def test_a_place_is_held_by_whom_the_list_pays_or_suspends_and_by_nobody_else(desk, office):
    desk.limits(4)
    people = [Recipient(name=f"ORANG {n}") for n in "ABC"]
    suspended, gone = Recipient(name="TANGGUH", state="suspended"), Recipient(name="WAFAT", state="taken_off")
    office.publishes(*people, suspended, gone, programme="APBD")
    line = desk.line()
    assert line.places is not None
    assert (line.places.held, line.places.suspended, line.places.free, line.places.over) == (4, 1, 0, 0)
    desk.limits(3)
    assert desk.line().places.over == 1
    desk.limits(6)
    assert desk.line().places.free == 2
    assert dict(desk.line().left.off) == {None: 1}


def test_who_stands_on_the_list_already_or_cannot_stand_there_is_proposed_to_nobody(desk, office, services):
    nik, kk, both = a_nik(), a_kk(), a_nik()
    office.publishes(Recipient(nik=nik), Recipient(kk=kk), programme="APBD")
    office.publishes(Recipient(nik=both), programme="PKH")
    desk.accepts("Sudah Ada", nik)
    desk.accepts("Sekeluarga", kk=Kk.parse(kk))
    desk.accepts("Tanpa Nomor", None, no_nik="lost_papers")
    desk.accepts("Dua Program", both)
    desk.limits(9)
    assert desk.names() == ["Dua Program"], "a rule that nobody confirmed is a question, no verdict"
    services.confirmations.confirm("APBD", "PKH", "SK 7", desk.officer.account, excludes=True)
    assert desk.names() == []
    counted = {entry.name: entry.standing for entry in desk.line().entries}
    assert counted == {
        "Sudah Ada": Standing.LISTED,
        "Sekeluarga": Standing.LISTED,
        "Tanpa Nomor": Standing.NO_NUMBER,
        "Dua Program": Standing.EXCLUDED,
    }
    assert desk.line().next is None


def test_who_is_skipped_reads_why_and_stands_where_he_stood_when_put_back(desk, services):
    desk.limits(1)
    first, second = desk.accepts("Ani Suryani"), desk.accepts("Budi Santoso")
    first.follows(4001)
    second.follows(4002)
    desk.skips("Ani Suryani")
    assert told(services) == [(4001, "line_step", "skipped"), (4002, "line_step", "first")]
    (line,) = first.looks().lines
    assert (line.standing, line.reason, line.position) == (Standing.SKIPPED, "not_reached", None)
    assert second.looks().lines[0].position == 1
    services.choosing.put_back(desk.officer, "APBD", desk.id_of("Ani Suryani"))
    assert told(services) == [(4001, "line_step", "back"), (4001, "line_step", "first")]
    assert desk.names() == ["Ani Suryani", "Budi Santoso"]
    assert [one.what for one in desk.line().decisions] == [LineStep.BACK, LineStep.SKIPPED]


def test_nothing_is_decided_twice_or_without_a_reason(desk, services):
    desk.limits(1)
    desk.accepts("Ani Suryani")
    id = desk.id_of("Ani Suryani")
    with pytest.raises(Refused, match="skip_reason_missing"):
        services.choosing.skip(desk.officer, "APBD", id, "because")
    with pytest.raises(Refused, match="line_changed"):
        services.choosing.put_back(desk.officer, "APBD", id)
    desk.skips("Ani Suryani")
    with pytest.raises(Refused, match="line_changed"):
        desk.services.choosing.skip(desk.officer, "APBD", id, "moved")
    with pytest.raises(Refused, match="no_quota"):
        services.choosing.skip(desk.officer, "PKH", id, "moved")


@pytest.mark.parametrize(
    ("places", "rule", "source", "code"),
    [
        (-1, LineRule.SENT, "SK", "places_wrong"),
        (1, None, "SK", "rule_missing"),
        (1, LineRule.SENT, " ", "source_missing"),
        (1, LineRule.SENT, "x" * 301, "source_too_long"),
    ],
)
def test_a_quota_needs_a_number_a_rule_and_a_decree(services, desk, places, rule, source, code):
    with pytest.raises(FieldRefused, match=code):
        services.waiting.set_quota(desk.officer, "APBD", places, rule, source)
    with pytest.raises(NotThere):
        services.waiting.set_quota(desk.officer, "NO-SUCH", 1, LineRule.SENT, "SK")


def test_a_city_without_the_quota_any_more_has_no_line(desk):
    desk.limits(1)
    sender = desk.accepts()
    assert sender.looks().lines
    desk.limits(None)
    assert sender.looks().lines == ()
    assert desk.line().quota is None
    assert desk.services.waiting.boards(desk.officer) == ()


def test_another_city_and_another_role_see_and_change_nothing(desk, heads, services):
    desk.limits(1)
    desk.accepts("Ani Suryani")
    id, elsewhere = desk.id_of("Ani Suryani"), heads.create(Role.DINSOS, "76.04")
    assert desk.line(by=elsewhere).quotas == ()
    desk.limits(5, by=elsewhere)
    assert desk.line(by=elsewhere).counts.all == 0
    with pytest.raises(Refused, match="line_changed"):
        services.choosing.skip(elsewhere, "APBD", id, "moved")
    assert desk.names() == ["Ani Suryani"]
    for role in set(Role) - {Role.DINSOS}:
        with pytest.raises(Refused, match="not_your_role"):
            services.waiting.boards(heads.create(role))


def test_every_accepted_proposal_is_counted_once(desk, office, services):
    desk.limits(2)
    nik = a_nik()
    office.publishes(Recipient(nik=nik), programme="APBD")
    for number in range(3):
        desk.accepts(f"Warga {'ABC'[number]}")
    desk.accepts("Sudah Ada", nik)
    desk.skips("Warga B")
    line = desk.line()
    accepted = [row for row in rows(services, ProposalRow) if row.outcome == Outcome.ACCEPTED]
    assert line.counts.all == len(accepted) == 4
    assert Counter(entry.standing for entry in line.entries) == dict(line.counts.of)
    assert line.counts.set_aside + line.counts[Standing.WAITING] == 4


def test_who_waits_is_kept_beyond_a_year_while_there_is_a_quota(desk, services, clock):
    desk.limits(1)
    desk.accepts()
    clock.passes(days=500)
    services.retention.purge()
    assert desk.line().counts.all == 1
    desk.limits(None)
    services.retention.purge()
    assert rows(services, ProposalRow) == []


def test_the_look_is_recorded_for_whom_the_line_tells_of_a_list(desk, office, services):
    nik = a_nik()
    office.publishes(Recipient(nik=nik), programme="APBD")
    desk.accepts("Sudah Ada", nik)
    desk.accepts("Ani Suryani")
    desk.limits(1)
    desk.line(Standing.WAITING)
    assert [row for row in rows(services, AccessRow) if row.what == "waiting"] == []
    desk.line(Standing.LISTED)
    assert len([row for row in rows(services, AccessRow) if row.what == "waiting"]) == 1
