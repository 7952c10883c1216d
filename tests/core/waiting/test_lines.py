"""Accepted proposals wait in an order for the places of a programme with a quota."""

from __future__ import annotations

from collections import Counter

import pytest

from salur.core.errors import FieldRefused, NotThere, Refused
from salur.core.limits.asker import Asker
from salur.core.limits.kinds import Door
from salur.core.officers.roles import Officer, Role
from salur.core.people.nik import Kk
from salur.core.proposals.kinds import Holder, LineRule, Outcome, Standing, Step
from salur.core.tables.privacy import AccessRow
from salur.core.tables.proposals import ProposalRow
from salur.core.waiting.answers import Line
from salur.core.waiting.kinds import LineStep
from tests.fixtures.office import Recipient, a_kk, a_nik
from tests.fixtures.proposals import Sender, a_draft, log_of, rows

SIDES = tuple(Standing)


@pytest.fixture
def dinsos(heads) -> Officer:
    """Dinas Sosial Kota Bogor."""
    return heads.create(Role.DINSOS)


class Desk:
    """What Dinas Sosial does with one line, and who waits in it."""

    def __init__(self, services, levels, clock, officer: Officer, programme: str = "APBD") -> None:
        self.services, self.levels, self.clock = services, levels, clock
        self.officer, self.programme = officer, programme
        self._chats = iter(range(50_000, 60_000))

    def limits(self, places: int | None, rule: LineRule = LineRule.ACCEPTED, by: Officer | None = None) -> None:
        """Set a quota."""
        self.services.waiting.set_quota(by or self.officer, self.programme, places, rule, "SK 12/2026")

    def accepts(self, name: str = "Siti Maesaroh", nik: str | None = "", **changed: object) -> Sender:
        """Somebody proposes, and the chain accepts it; long enough ago that it stands."""
        sender = Sender(self.services, Asker.chat(next(self._chats)))
        sender.sends(a_draft(nik=a_nik() if nik == "" else nik, name=name, **{"kk": None, **changed}))
        self.levels.takes("accepted", "dinsos")
        self.clock.passes(minutes=11)
        return sender

    def line(self, *standings: Standing, by: Officer | None = None) -> Line:
        """The line as the desk sees it."""
        return self.services.waiting.show(by or self.officer, self.programme, standings or SIDES, door=Door.SITE)

    def names(self, *standings: Standing) -> list[str]:
        """Who stands so, in their order."""
        return [entry.name for entry in self.line(*(standings or (Standing.WAITING,))).entries or ()]

    def stands(self, name: str) -> Standing:
        """How somebody stands."""
        return next(entry.standing for entry in self.line().entries or () if entry.name == name)

    def skips(self, name: str, reason: str = "not_reached") -> None:
        """Pass somebody over."""
        self.services.waiting.skip(self.officer, self.programme, self.id_of(name), reason)

    def id_of(self, name: str) -> int:
        """The proposal of somebody in the line."""
        return next(entry.id for entry in self.line().entries or () if entry.name == name)


@pytest.fixture
def desk(services, levels, clock, dinsos) -> Desk:
    """The desk, and the line of APBD."""
    return Desk(services, levels, clock, dinsos)


def told(services) -> list[tuple[int, str, str]]:
    """The messages that wait: chat, code, step."""
    return [(notice.chat, notice.code, notice.facts["step"]) for notice in services.notices.take(most=100)]


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
    services.waiting.put_back(desk.officer, "APBD", desk.id_of("Ani Suryani"))
    assert told(services) == [(4001, "line_step", "back"), (4001, "line_step", "first")]
    assert desk.names() == ["Ani Suryani", "Budi Santoso"]
    assert [one.what for one in desk.line().decisions] == [LineStep.BACK, LineStep.SKIPPED]


def test_nothing_is_decided_twice_or_without_a_reason(desk, services):
    desk.limits(1)
    desk.accepts("Ani Suryani")
    id = desk.id_of("Ani Suryani")
    with pytest.raises(Refused, match="skip_reason_missing"):
        services.waiting.skip(desk.officer, "APBD", id, "because")
    with pytest.raises(Refused, match="line_changed"):
        services.waiting.put_back(desk.officer, "APBD", id)
    desk.skips("Ani Suryani")
    with pytest.raises(Refused, match="line_changed"):
        desk.services.waiting.skip(desk.officer, "APBD", id, "moved")
    with pytest.raises(Refused, match="no_quota"):
        services.waiting.skip(desk.officer, "PKH", id, "moved")


@pytest.mark.parametrize(
    ("places", "rule", "source", "code"),
    [(-1, LineRule.SENT, "SK", "places_wrong"), (1, None, "SK", "rule_missing"), (1, LineRule.SENT, " ", "source_missing"),
     (1, LineRule.SENT, "x" * 301, "source_too_long")],
)  # fmt: skip
def test_a_quota_needs_a_number_a_rule_and_a_decree(services, dinsos, places, rule, source, code):
    with pytest.raises(FieldRefused, match=code):
        services.waiting.set_quota(dinsos, "APBD", places, rule, source)
    with pytest.raises(NotThere):
        services.waiting.set_quota(dinsos, "NO-SUCH", 1, LineRule.SENT, "SK")


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
        services.waiting.skip(elsewhere, "APBD", id, "moved")
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
