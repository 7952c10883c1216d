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


def test_who_was_accepted_first_stands_first_and_each_may_know_his_place(line_desk):
    first, second = line_desk.accepts("Ani Suryani"), line_desk.accepts("Budi Santoso")
    assert first.looks().lines == (), "without a quota a ticket says what it always said"
    line_desk.limits(3)
    assert line_desk.names() == ["Ani Suryani", "Budi Santoso"]
    (line,) = second.looks().lines
    assert (line.standing, line.position, line.waiting) == (Standing.WAITING, 2, 2)
    assert (line.programme, line.rule, line.at) == ("APBD", LineRule.ACCEPTED, line_desk.clock())


def test_another_rule_is_another_order_and_both_stay_on_record(line_desk, clock):
    late = Sender(line_desk.services, Asker.chat(1))
    late.sends(a_draft(name="Ani Suryani", kk=None))
    line_desk.accepts("Budi Santoso")
    oldest = min(row.id for row in rows(line_desk.services, ProposalRow))
    with line_desk.services.database.writing() as connection:
        log_of(line_desk.services).append(connection, oldest, Step.ACCEPTED, level=Holder.DINSOS)
    clock.passes(minutes=11)
    line_desk.limits(3)
    assert line_desk.names() == ["Budi Santoso", "Ani Suryani"]
    line_desk.limits(3, LineRule.SENT)
    assert line_desk.names() == ["Ani Suryani", "Budi Santoso"]
    assert [quota.rule for quota in line_desk.line().quotas] == [LineRule.SENT, LineRule.ACCEPTED]


def test_what_was_accepted_minutes_ago_may_be_taken_back_and_waits_ten(line_desk, services, clock, levels, sender):
    line_desk.limits(1)
    sender.sends(a_draft(kk=None))
    levels.takes("accepted", "dinsos")
    assert line_desk.line().counts.all == 0
    clock.passes(minutes=10)
    assert line_desk.line().counts[Standing.WAITING] == 1


def test_a_place_is_held_by_whom_the_list_pays_or_suspends_and_by_nobody_else(line_desk, office):
    line_desk.limits(4)
    people = [Recipient(name=f"ORANG {n}") for n in "ABC"]
    suspended, gone = Recipient(name="TANGGUH", state="suspended"), Recipient(name="WAFAT", state="taken_off")
    office.publishes(*people, suspended, gone, programme="APBD")
    line = line_desk.line()
    assert line.places is not None
    assert (line.places.held, line.places.suspended, line.places.free, line.places.over) == (4, 1, 0, 0)
    line_desk.limits(3)
    assert line_desk.line().places.over == 1
    line_desk.limits(6)
    assert line_desk.line().places.free == 2
    assert dict(line_desk.line().left.off) == {None: 1}


def test_who_stands_on_the_list_already_or_cannot_stand_there_is_proposed_to_nobody(line_desk, office, services):
    nik, kk, both = a_nik(), a_kk(), a_nik()
    office.publishes(Recipient(nik=nik), Recipient(kk=kk), programme="APBD")
    office.publishes(Recipient(nik=both), programme="PKH")
    line_desk.accepts("Sudah Ada", nik)
    line_desk.accepts("Sekeluarga", kk=Kk.parse(kk))
    line_desk.accepts("Tanpa Nomor", None, no_nik="lost_papers")
    line_desk.accepts("Dua Program", both)
    line_desk.limits(9)
    assert line_desk.names() == ["Dua Program"], "a rule that nobody confirmed is a question, no verdict"
    services.confirmations.confirm("APBD", "PKH", "SK 7", line_desk.officer.account, excludes=True)
    assert line_desk.names() == []
    counted = {entry.name: entry.standing for entry in line_desk.line().entries}
    assert counted == {
        "Sudah Ada": Standing.LISTED,
        "Sekeluarga": Standing.LISTED,
        "Tanpa Nomor": Standing.NO_NUMBER,
        "Dua Program": Standing.EXCLUDED,
    }
    assert line_desk.line().next is None


def test_who_is_skipped_reads_why_and_stands_where_he_stood_when_put_back(line_desk, services):
    line_desk.limits(1)
    first, second = line_desk.accepts("Ani Suryani"), line_desk.accepts("Budi Santoso")
    first.follows(4001)
    second.follows(4002)
    line_desk.skips("Ani Suryani")
    assert told(services) == [(4001, "line_step", "skipped"), (4002, "line_step", "first")]
    (line,) = first.looks().lines
    assert (line.standing, line.reason, line.position) == (Standing.SKIPPED, "not_reached", None)
    assert second.looks().lines[0].position == 1
    services.choosing.put_back(line_desk.officer, "APBD", line_desk.id_of("Ani Suryani"))
    assert told(services) == [(4001, "line_step", "back"), (4001, "line_step", "first")]
    assert line_desk.names() == ["Ani Suryani", "Budi Santoso"]
    assert [one.what for one in line_desk.line().decisions] == [LineStep.BACK, LineStep.SKIPPED]


def test_nothing_is_decided_twice_or_without_a_reason(line_desk, services):
    line_desk.limits(1)
    line_desk.accepts("Ani Suryani")
    id = line_desk.id_of("Ani Suryani")
    with pytest.raises(Refused, match="skip_reason_missing"):
        services.choosing.skip(line_desk.officer, "APBD", id, "because")
    with pytest.raises(Refused, match="line_changed"):
        services.choosing.put_back(line_desk.officer, "APBD", id)
    line_desk.skips("Ani Suryani")
    with pytest.raises(Refused, match="line_changed"):
        line_desk.services.choosing.skip(line_desk.officer, "APBD", id, "moved")
    with pytest.raises(Refused, match="no_quota"):
        services.choosing.skip(line_desk.officer, "PKH", id, "moved")


@pytest.mark.parametrize(
    ("places", "rule", "source", "code"),
    [
        (-1, LineRule.SENT, "SK", "places_wrong"),
        (1, None, "SK", "rule_missing"),
        (1, LineRule.SENT, " ", "source_missing"),
        (1, LineRule.SENT, "x" * 301, "source_too_long"),
    ],
)
def test_a_quota_needs_a_number_a_rule_and_a_decree(services, line_desk, places, rule, source, code):
    with pytest.raises(FieldRefused, match=code):
        services.waiting.set_quota(line_desk.officer, "APBD", places, rule, source)
    with pytest.raises(NotThere):
        services.waiting.set_quota(line_desk.officer, "NO-SUCH", 1, LineRule.SENT, "SK")


def test_a_city_without_the_quota_any_more_has_no_line(line_desk):
    line_desk.limits(1)
    sender = line_desk.accepts()
    assert sender.looks().lines
    line_desk.limits(None)
    assert sender.looks().lines == ()
    assert line_desk.line().quota is None
    assert line_desk.services.waiting.boards(line_desk.officer) == ()


def test_another_city_and_another_role_see_and_change_nothing(line_desk, heads, services):
    line_desk.limits(1)
    line_desk.accepts("Ani Suryani")
    id, elsewhere = line_desk.id_of("Ani Suryani"), heads.create(Role.DINSOS, "76.04")
    assert line_desk.line(by=elsewhere).quotas == ()
    line_desk.limits(5, by=elsewhere)
    assert line_desk.line(by=elsewhere).counts.all == 0
    with pytest.raises(Refused, match="line_changed"):
        services.choosing.skip(elsewhere, "APBD", id, "moved")
    assert line_desk.names() == ["Ani Suryani"]
    for role in set(Role) - {Role.DINSOS}:
        with pytest.raises(Refused, match="not_your_role"):
            services.waiting.boards(heads.create(role))


def test_every_accepted_proposal_is_counted_once(line_desk, office, services):
    line_desk.limits(2)
    nik = a_nik()
    office.publishes(Recipient(nik=nik), programme="APBD")
    for number in range(3):
        line_desk.accepts(f"Warga {'ABC'[number]}")
    line_desk.accepts("Sudah Ada", nik)
    line_desk.skips("Warga B")
    line = line_desk.line()
    accepted = [row for row in rows(services, ProposalRow) if row.outcome == Outcome.ACCEPTED]
    assert line.counts.all == len(accepted) == 4
    assert Counter(entry.standing for entry in line.entries) == dict(line.counts.of)
    assert line.counts.set_aside + line.counts[Standing.WAITING] == 4


def test_who_waits_is_kept_beyond_a_year_while_there_is_a_quota(line_desk, services, clock):
    line_desk.limits(1)
    line_desk.accepts()
    clock.passes(days=500)
    services.retention.purge()
    assert line_desk.line().counts.all == 1
    line_desk.limits(None)
    services.retention.purge()
    assert rows(services, ProposalRow) == []


def test_the_look_is_recorded_for_whom_the_line_tells_of_a_list(line_desk, office, services):
    nik = a_nik()
    office.publishes(Recipient(nik=nik), programme="APBD")
    line_desk.accepts("Sudah Ada", nik)
    line_desk.accepts("Ani Suryani")
    line_desk.limits(1)
    line_desk.line(Standing.WAITING)
    assert [row for row in rows(services, AccessRow) if row.what == "waiting"] == []
    line_desk.line(Standing.LISTED)
    assert len([row for row in rows(services, AccessRow) if row.what == "waiting"]) == 1
