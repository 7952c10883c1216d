"""A decision is taken back within ten minutes: by who took it, while nobody acted on it, and with a trace."""

from __future__ import annotations

from dataclasses import replace

import pytest

from salur.core.errors import Meanwhile, NotThere, Refused
from salur.core.officers.roles import Officer
from salur.core.people.nik import Nik
from salur.core.proposals.kinds import UNDO_TIME, Holder, Kind, Outcome, Step
from salur.core.tables.notices import NoticeRow
from tests.fixtures.office import Office, Recipient, a_nik
from tests.fixtures.proposals import Chain, Sender, a_plain_draft, copies_agree, rows
from tests.fixtures.services import Clock

CHAT = 55_001


def undoes(chain: Chain, officer: Officer, id: int) -> None:
    """Take back the decision on the page that he sees."""
    chain.services.casework.undo(officer, id, version=chain.case(officer, id).version)


def refusal(chain: Chain, officer: Officer, id: int) -> str:
    """The code with which that is refused."""
    with pytest.raises(Refused) as refused:
        undoes(chain, officer, id)
    return refused.value.code


def told(chain: Chain) -> list[tuple[int, str]]:
    """What the bot is given to send about steps now, by chat."""
    notices = chain.services.notices.take(100)
    for notice in notices:
        chain.services.notices.sent(notice.id)
    return [(int(notice.address), str(notice.facts["step"])) for notice in notices if notice.code == "proposal_step"]


@pytest.mark.parametrize(
    ("kind", "step", "reason", "words"),
    [
        (Kind.USULAN, Step.ACCEPTED, None, ""),
        (Kind.USULAN, Step.REJECTED, "died", ""),
        (Kind.USULAN, Step.ASKED, None, "Berapa anaknya?"),
        (Kind.USULAN, Step.FORWARDED, None, ""),
        (Kind.LAPORAN, Step.ACCEPTED, None, ""),
        (Kind.KOREKSI, Step.REJECTED, "not_proven", ""),
    ],
)
def test_all_is_as_it_was_and_the_trace_stays(
    chain: Chain, clock: Clock, kind: Kind, step: Step, reason: str | None, words: str
) -> None:
    id = chain.receives(a_plain_draft(kind))
    officer = {Kind.USULAN: chain.rt, Kind.KOREKSI: chain.kelurahan, Kind.LAPORAN: chain.dinsos}[kind]
    clock.passes(hours=2)
    before = chain.case(officer, id)
    chain.decides(officer, id, step, reason, words)
    clock.passes(minutes=9)
    undoes(chain, officer, id)
    after = chain.case(officer, id)
    assert (after.entry.desk, after.entry.holder, after.entry.outcome) == (before.entry.desk, before.entry.holder, None)
    assert after.entry.lies_for == before.entry.lies_for + (clock() - before.entry.sent_at - before.entry.age)
    assert after.choices == before.choices
    assert [each.step for each in after.history] == [Step.SENT, step, Step.UNDONE]
    assert [each.undone for each in after.history] == [False, True, False]
    assert (after.last_step.step, after.last_no, after.undo_until) == (Step.SENT, None, None)
    assert chain.waiting(officer) == [id]
    assert copies_agree(chain.services)
    chain.decides(officer, id)  # and now what was meant


def test_not_after_ten_minutes_nor_by_anybody_else(chain: Chain, clock: Clock) -> None:
    id = chain.receives()
    chain.decides(chain.rt, id)
    for other in (chain.rw, chain.kelurahan, chain.dinsos):
        assert chain.case(other, id).undo_until is None
        assert refusal(chain, other, id) == "too_late_to_undo"
    clock.passes(minutes=10)
    assert chain.case(chain.rt, id).undo_until is None
    assert refusal(chain, chain.rt, id) == "too_late_to_undo"


def test_not_once_anybody_acted_on_it(chain: Chain, sender: Sender, office: Office) -> None:
    nik = a_nik()
    sender.sends(a_plain_draft(number=Nik.parse(nik)))
    (id,) = chain.waiting(chain.rt)
    chain.decides(chain.rt, id, Step.ASKED, words="Berapa anaknya?")
    sender.answers("Tiga.")
    assert refusal(chain, chain.rt, id) == "too_late_to_undo"
    version = chain.case(chain.rt, id).version
    chain.decides(chain.rt, id)
    with pytest.raises(Meanwhile):
        chain.services.casework.undo(chain.rt, id, version=version)  # an old page
    chain.decides(chain.kelurahan, id)
    undoes(chain, chain.kelurahan, id)
    assert refusal(chain, chain.rt, id) == "too_late_to_undo"  # it was looked at above
    chain.climbs(id, chain.kelurahan, chain.kecamatan, chain.dinsos)
    office.publishes(Recipient(nik=nik, name="SITI MAESAROH"))
    assert chain.case(chain.dinsos, id).entry.outcome is Outcome.GRANTED
    assert refusal(chain, chain.dinsos, id) == "too_late_to_undo"


def test_nor_once_another_joined_it_who_was_told_where_it_lies(chain: Chain) -> None:
    number = Nik.parse(a_nik())
    id = chain.receives(a_plain_draft(number=number))
    chain.decides(chain.rt, id)
    chain.ticket(a_plain_draft(number=number))
    assert refusal(chain, chain.rt, id) == "too_late_to_undo"


def test_what_was_taken_up_goes_back_to_where_it_lay(chain: Chain, clock: Clock) -> None:
    id = chain.receives()
    clock.passes(days=15)
    chain.decides(chain.dinsos, id, Step.TAKEN_UP)
    assert chain.waiting(chain.dinsos) == [id]
    undoes(chain, chain.dinsos, id)
    assert chain.waiting(chain.rt) == [id]
    assert chain.case(chain.dinsos, id).entry.desk is Holder.NEIGHBOURHOOD


def test_twice_in_a_row_and_never_a_proposal_of_elsewhere(chain: Chain) -> None:
    id = chain.receives()
    for _ in range(2):
        chain.decides(chain.rt, id)
        undoes(chain, chain.rt, id)
    assert refusal(chain, chain.rt, id) == "too_late_to_undo"
    stranger = replace(chain.rt, territory=replace(chain.rt.territory, rt=9))
    with pytest.raises(NotThere):
        chain.services.casework.undo(stranger, id, version=5)


def test_who_follows_is_told_after_the_ten_minutes_and_of_what_was_undone_never(
    chain: Chain, sender: Sender, clock: Clock
) -> None:
    sender.sends(a_plain_draft())
    sender.follows(CHAT)
    (id,) = chain.waiting(chain.rt)
    chain.decides(chain.rt, id, Step.REJECTED, "died")
    assert told(chain) == []
    undoes(chain, chain.rt, id)
    clock.passes(minutes=30)
    assert told(chain) == []
    chain.decides(chain.rt, id)
    clock.passes(minutes=10)
    assert told(chain) == [(CHAT, "accepted")]
    made = [row for row in rows(chain.services, NoticeRow) if row.code == "proposal_step"]
    assert [(row.done_at is not None, row.taken_at is not None) for row in made] == [
        (True, False),
        (True, True),
    ]  # withdrawn, and sent


def test_the_next_step_lets_out_what_was_held_in_its_order(chain: Chain, sender: Sender, clock: Clock) -> None:
    sender.sends(a_plain_draft())
    sender.follows(CHAT)
    (id,) = chain.waiting(chain.rt)
    chain.decides(chain.rt, id)
    clock.passes(minutes=2)
    chain.decides(chain.kelurahan, id)
    assert told(chain) == [(CHAT, "accepted")]
    clock.passes(minutes=10)
    assert told(chain) == [(CHAT, "accepted")]


def test_who_could_have_read_of_it_is_told_that_it_was_undone(chain: Chain, sender: Sender, clock: Clock) -> None:
    sender.sends(a_plain_draft())
    (id,) = chain.waiting(chain.rt)
    chain.decides(chain.rt, id, Step.REJECTED, "died", "Kata tetangga.")
    seen = sender.follows(CHAT)  # after looking at the ticket, where it stands already
    assert (seen.outcome, seen.reason) == (Outcome.REJECTED, "died")
    assert seen.may_change_until == clock() + UNDO_TIME
    undoes(chain, chain.rt, id)
    assert told(chain) == [(CHAT, "undone")]
    seen = sender.looks()
    assert [step.step for step in seen.steps] == [Step.SENT, Step.REJECTED, Step.UNDONE]
    assert "Kata tetangga." not in repr(seen)
    assert (seen.reason, seen.outcome, seen.holder) == (None, None, Holder.NEIGHBOURHOOD)


def test_what_a_bot_took_already_is_corrected(chain: Chain, sender: Sender, clock: Clock) -> None:
    sender.sends(a_plain_draft())
    sender.follows(CHAT)
    (id,) = chain.waiting(chain.rt)
    chain.decides(chain.rt, id, Step.REJECTED, "died")
    clock.passes(minutes=11)  # the clock of another machine, which runs ahead
    assert told(chain) == [(CHAT, "rejected")]
    clock.passes(minutes=-11)
    undoes(chain, chain.rt, id)
    assert told(chain) == [(CHAT, "undone")]


def test_of_an_undone_no_nobody_can_object(chain: Chain, sender: Sender) -> None:
    sender.sends(a_plain_draft())
    (id,) = chain.waiting(chain.rt)
    chain.decides(chain.rt, id, Step.REJECTED, "died")
    undoes(chain, chain.rt, id)
    with pytest.raises(Refused) as refused:
        sender.objects("Saya masih hidup.")
    assert refused.value.code == "no_objection"
