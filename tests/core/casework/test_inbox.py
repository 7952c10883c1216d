"""Proposals climb the chain: each level sees its own, decides once, and knows nothing of its neighbours'."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from salur.core.casework.answers import Tab
from salur.core.errors import Refused
from salur.core.limits.asker import Asker
from salur.core.limits.kinds import Door
from salur.core.officers.roles import Role
from salur.core.people.nik import Nik
from salur.core.proposals.answers import Status
from salur.core.proposals.kinds import Holder, Kind, Outcome, Step
from salur.core.regions.territory import Territory
from salur.core.storage.vault import Vault
from tests.fixtures.office import TEGAL_GUNDIL, Office, Recipient, a_nik
from tests.fixtures.officers import Heads
from tests.fixtures.proposals import Chain, a_plain_draft
from tests.fixtures.services import Clock


def refusal(*args: object, chain: Chain, **kwargs: object) -> str:
    """The code with which a decision is refused."""
    with pytest.raises(Refused) as refused:
        chain.decides(*args, **kwargs)  # type: ignore[arg-type]
    return refused.value.code


def test_a_proposal_waits_for_rt_and_rw_and_is_seen_under_way_above(chain: Chain) -> None:
    id = chain.receives()
    assert chain.waiting(chain.rt) == chain.waiting(chain.rw) == [id]
    for officer in (chain.kelurahan, chain.kecamatan, chain.dinsos):
        assert chain.waiting(officer) == []
        page = chain.services.casework.page(officer, Tab.ELSEWHERE)
        assert [(entry.id, entry.desk) for entry in page.entries] == [(id, Holder.NEIGHBOURHOOD)]
        assert (page.counts.waiting, page.counts.elsewhere, page.counts.closed) == (0, 1, 0)


def test_what_waits_is_counted_without_opening_any_of_it(chain: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    chain.receives()

    def opens(*_args: object) -> None:
        raise AssertionError("nothing has to be opened")

    monkeypatch.setattr(Vault, "open", opens)
    assert chain.services.casework.count(chain.rt).waiting == 1
    assert chain.services.casework.count(chain.kelurahan).elsewhere == 1


def test_it_climbs_by_a_yes_at_each_level_and_ends_accepted_waiting_for_the_list(chain: Chain) -> None:
    id = chain.receives()
    for officer, holder in (
        (chain.rt, Holder.KELURAHAN),
        (chain.kelurahan, Holder.KECAMATAN),
        (chain.kecamatan, Holder.DINSOS),
        (chain.dinsos, None),
    ):
        assert chain.waiting(officer) == [id]
        assert chain.case(officer, id).choices.up is holder
        assert chain.decides(officer, id).holder is holder
    case = chain.case(chain.rt, id)
    assert case.entry.outcome is Outcome.ACCEPTED
    assert [step.step for step in case.history] == [Step.SENT, *[Step.ACCEPTED] * 4]
    assert chain.services.casework.page(chain.rt, Tab.CLOSED).entries[0].id == id


def test_an_accepted_proposal_is_granted_by_the_list_that_follows(chain: Chain, office: Office) -> None:
    nik = a_nik()
    id = chain.receives(a_plain_draft(number=Nik.parse(nik)))
    chain.climbs(id, chain.rt, chain.kelurahan, chain.kecamatan, chain.dinsos)
    office.publishes(Recipient(nik=nik))
    case = chain.case(chain.kelurahan, id)
    assert case.entry.outcome is Outcome.GRANTED
    assert [(listing.programme, listing.period, listing.by_nik) for listing in case.listings] == [
        ("PKH", "2026-T1", True)
    ]


@pytest.mark.parametrize(
    ("area", "rw", "rt", "role"),
    [
        (TEGAL_GUNDIL, 6, None, Role.RW),
        (TEGAL_GUNDIL, 5, 4, Role.RT),
        (TEGAL_GUNDIL, 6, 3, Role.RT),
        ("32.71.05.1001", None, None, Role.KELURAHAN),
        ("32.71.06", None, None, Role.KECAMATAN),
        ("76.04", None, None, Role.DINSOS),
        ("32.71", None, None, Role.PAYOUT),
    ],
)
def test_a_neighbour_sees_and_decides_nothing(
    area: str, rw: int | None, rt: int | None, role: Role, chain: Chain, heads: Heads
) -> None:
    id = chain.receives(replace(a_plain_draft(), photos=()))
    neighbour = heads.create(role, area, rw, rt)
    for tab in Tab:
        page = chain.services.casework.page(neighbour, tab)
        assert page.entries.items == ()
        assert set(vars_of(page.counts)) == {0}
    for forged in (id, id + 1):
        with pytest.raises(Refused, match="no_such_proposal"):
            chain.services.casework.show(neighbour, forged, door=Door.SITE)
        with pytest.raises(Refused, match="no_such_proposal"):
            chain.services.casework.decide(neighbour, forged, Step.ACCEPTED, version=1)
        with pytest.raises(Refused, match="no_such_proposal"):
            chain.services.casework.photo(neighbour, forged, 1)
    assert chain.case(chain.rt, id).version == 1


def vars_of(counts: object) -> list[int]:
    """The numbers of some counts."""
    return [getattr(counts, name) for name in ("waiting", "late", "elsewhere", "closed")]


def test_a_report_of_a_levy_is_seen_by_dinas_sosial_alone(chain: Chain, heads: Heads) -> None:
    id = chain.receives(a_plain_draft(Kind.LAPORAN, who="rt"))
    assert chain.waiting(chain.dinsos) == [id]
    for officer in (chain.rt, chain.rw, chain.kelurahan, chain.kecamatan):
        assert all(chain.services.casework.page(officer, tab).entries.items == () for tab in Tab)
        with pytest.raises(Refused, match="no_such_proposal"):
            chain.case(officer, id)
    case = chain.case(chain.dinsos, id)
    assert (case.said.reason, case.said.who, case.entry.territory.kelurahan) == ("levy", "rt", "Tegal Gundil")
    assert case.choices.steps == (Step.ACCEPTED, Step.REJECTED, Step.ASKED)


def test_a_correction_passes_over_rt_and_rw_who_never_see_it(chain: Chain) -> None:
    id = chain.receives(a_plain_draft(Kind.KOREKSI))
    assert chain.waiting(chain.kelurahan) == [id]
    for officer in (chain.rt, chain.rw):
        assert all(chain.services.casework.page(officer, tab).entries.items == () for tab in Tab)
        with pytest.raises(Refused, match="no_such_proposal"):
            chain.case(officer, id)
    assert chain.decides(chain.kelurahan, id).holder is Holder.DINSOS


def test_who_is_not_on_the_desk_of_it_decides_nothing(chain: Chain) -> None:
    id = chain.receives()
    for step in (Step.ACCEPTED, Step.REJECTED, Step.ASKED, Step.FORWARDED, Step.RETURNED):
        assert refusal(chain.kelurahan, id, step, "other", "Belum.", chain=chain) == "not_yours"
    assert refusal(chain.kelurahan, id, Step.TAKEN_UP, chain=chain) == "not_above"
    assert refusal(chain.dinsos, id, Step.TAKEN_UP, chain=chain) == "not_too_long"
    for step in (Step.SENT, Step.GRANTED, Step.JOINED, Step.OBJECTED, Step.ANSWERED):
        assert refusal(chain.rt, id, step, chain=chain) == "no_such_decision"
    chain.decides(chain.rt, id)
    assert refusal(chain.rw, id, chain=chain) == "not_yours"
    assert chain.case(chain.rt, id).version == 2


def test_a_no_needs_one_of_the_reasons_and_another_reason_its_words(chain: Chain) -> None:
    id = chain.receives()
    assert chain.case(chain.rt, id).choices.reasons == ("died", "moved", "well_off", "receives_other_aid", "other")
    assert refusal(chain.rt, id, Step.REJECTED, chain=chain) == "reason_missing"
    assert refusal(chain.rt, id, Step.REJECTED, "not_agreed", chain=chain) == "reason_missing"
    assert refusal(chain.rt, id, Step.REJECTED, "other", " \n ", chain=chain) == "words_missing"
    assert refusal(chain.rt, id, Step.ASKED, chain=chain) == "words_missing"
    assert refusal(chain.rt, id, Step.ACCEPTED, None, "x" * 601, chain=chain) == "words_too_long"
    assert refusal(chain.rt, id, Step.ACCEPTED, None, "NIK 3271 0541 0580 0001", chain=chain) == "number_in_words"
    decided = chain.decides(chain.rt, id, Step.REJECTED, "well_off", "Ada dua\n  mobil.")
    assert (decided.holder, decided.outcome) == (None, Outcome.REJECTED)
    step = chain.case(chain.kelurahan, id).history[-1]
    assert (step.reason, step.words, step.level) == ("well_off", "Ada dua\nmobil.", Holder.NEIGHBOURHOOD)
    assert refusal(chain.rt, id, chain=chain) == "already_closed"


def test_a_question_goes_to_the_sender_and_comes_back_to_who_asked(chain: Chain) -> None:
    ticket = chain.ticket(draft := a_plain_draft())
    (id,) = chain.waiting(chain.rt)
    assert chain.decides(chain.rt, id, Step.ASKED, words="Rumahnya yang mana?").holder is Holder.SENDER
    (entry,) = chain.services.casework.page(chain.rt).entries
    assert entry.holder is Holder.SENDER
    assert Step.ASKED not in chain.case(chain.rt, id).choices.steps
    answered = chain.services.proposals.answer(
        ticket.code, draft.ticket_name or "", "Yang pagar hijau.", asker=Asker.address("203.0.113.9")
    )
    assert isinstance(answered, Status)
    case = chain.case(chain.rt, id)
    assert (case.entry.holder, case.history[-1].words) == (Holder.NEIGHBOURHOOD, "Yang pagar hijau.")


def test_the_office_sees_which_of_two_senders_answered(chain: Chain) -> None:
    draft, asker = a_plain_draft(), Asker.address("203.0.113.9")
    first, second = chain.ticket(draft), chain.ticket(draft)
    (id,) = chain.waiting(chain.rt)
    chain.decides(chain.rt, id, Step.ASKED, words="Rumahnya yang mana?")
    for ticket, words in ((second, "Pindah."), (first, "Yang pagar hijau.")):
        chain.services.proposals.answer(ticket.code, draft.ticket_name or "", words, asker=asker)
    told = [(step.words, step.by_other) for step in chain.case(chain.rt, id).history if step.step is Step.ANSWERED]
    assert told == [("Pindah.", True), ("Yang pagar hijau.", False)]


def test_a_question_may_go_to_the_level_below_where_there_is_someone(chain: Chain) -> None:
    id = chain.receives()
    assert Step.RETURNED not in chain.case(chain.rt, id).choices.steps
    chain.decides(chain.rt, id)
    assert chain.case(chain.kelurahan, id).choices.down is Holder.NEIGHBOURHOOD
    assert (
        chain.decides(chain.kelurahan, id, Step.RETURNED, words="Sudah dilihat rumahnya?").holder
        is Holder.NEIGHBOURHOOD
    )
    assert chain.waiting(chain.rw) == [id]
    chain.decides(chain.rw, id, words="Sudah, atapnya bocor.")
    assert chain.waiting(chain.kelurahan) == [id]


def test_two_officers_decide_at_once_and_the_second_is_told_what_happened(chain: Chain) -> None:
    id = chain.receives()
    version = chain.case(chain.rt, id).version
    outcomes: list[str] = []

    def decides(officer: object, step: Step) -> None:
        try:
            chain.services.casework.decide(officer, id, step, version=version, reason="moved")  # type: ignore[arg-type]
            outcomes.append("done")
        except Refused as error:
            outcomes.append(error.code)

    threads = [
        threading.Thread(target=decides, args=(officer, step))
        for officer, step in ((chain.rt, Step.ACCEPTED), (chain.rw, Step.REJECTED))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done", "meanwhile"]
    assert chain.case(chain.rt, id).version == version + 1


def test_who_decides_on_an_old_page_is_told_who_did_what(chain: Chain) -> None:
    id = chain.receives()
    chain.decides(chain.rw, id)
    with pytest.raises(Refused) as refused:
        chain.services.casework.decide(chain.rt, id, Step.REJECTED, version=1, reason="moved")
    assert (refused.value.code, refused.value.facts["step"]) == ("meanwhile", Step.ACCEPTED)


def test_late_ones_come_first_then_the_soonest_due_then_the_oldest(chain: Chain, clock: Clock) -> None:
    late = chain.receives(a_plain_draft(Kind.KOREKSI))
    clock.passes(hours=71)
    old = chain.receives()
    chain.decides(chain.rt, old)
    clock.passes(hours=2)
    soon = chain.receives(a_plain_draft(Kind.KOREKSI))
    page = chain.services.casework.page(chain.kelurahan)
    assert [entry.id for entry in page.entries] == [late, soon, old]
    assert [entry.late for entry in page.entries] == [True, False, False]
    first, second, third = page.entries
    assert first.left is not None
    assert first.left.total_seconds() == -3600
    assert second.left is not None
    assert second.left.total_seconds() == 72 * 3600
    assert (third.left, third.age.total_seconds()) == (None, 2 * 3600)
    assert (page.counts.waiting, page.counts.late) == (3, 1)


def test_what_lies_too_long_below_is_taken_over_by_dinas_sosial(chain: Chain, clock: Clock) -> None:
    id = chain.receives()
    clock.passes(days=14)
    assert chain.services.casework.page(chain.dinsos, Tab.ELSEWHERE).entries[0].long
    assert chain.case(chain.kelurahan, id).choices.steps == ()
    assert chain.case(chain.dinsos, id).choices.steps == (Step.TAKEN_UP,)
    assert chain.decides(chain.dinsos, id, Step.TAKEN_UP).holder is Holder.DINSOS
    assert chain.waiting(chain.dinsos) == [id]
    assert chain.waiting(chain.rt) == []
    chain.decides(chain.dinsos, id)
    assert [step.step for step in chain.case(chain.rt, id).history] == [Step.SENT, Step.TAKEN_UP, Step.ACCEPTED]


def test_pages_hold_fifty(chain: Chain) -> None:
    ids = [chain.receives(a_plain_draft(territory=Territory(TEGAL_GUNDIL, 5, 3))) for _ in range(51)]
    inbox = chain.services.casework
    assert [entry.id for entry in inbox.page(chain.rt).entries] == ids[:50]
    last = inbox.page(chain.rt, Tab.WAITING, 9)
    assert (last.entries.number, last.entries.pages, [entry.id for entry in last.entries]) == (2, 2, ids[50:])


def test_many_who_send_the_same_do_not_keep_an_officer_from_deciding(chain):
    number = Nik.parse(a_nik())
    id = chain.receives(a_plain_draft(number=number))
    version = chain.case(chain.rt, id).version
    chain.ticket(a_plain_draft(number=number))
    chain.services.casework.decide(chain.rt, id, Step.ACCEPTED, version=version)
