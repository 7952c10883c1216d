"""What the events add up to: routes, clocks, questions, objections."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from salur.core.errors import Refused
from salur.core.proposals.kinds import FIVE_REASONS, ROUTES, Holder, Kind, Outcome, Step, reasons_for_no
from salur.core.proposals.steps import Event, as_seen_from, check, find_destination, find_meeting_point, present

START = datetime(2026, 2, 20, 5, 0, tzinfo=UTC)
EVERYBODY = frozenset(Holder) - {Holder.SENDER}
NEIGHBOURHOOD, KELURAHAN, KECAMATAN, DINSOS, SENDER = Holder


def story(kind, *steps, staffed=EVERYBODY, hours=1.0):
    """Events as they come about: `(step, level)`, or `(step, level, reason)`, an hour after each other."""
    events, now, at = [], None, START
    for step, level, *reason in steps:
        check(step, now, level=level, at=at)
        goes_to = find_destination(kind, step, now, level=level, staffed=staffed)
        events.append(Event(at, step, level, goes_to, *reason))
        now, at = present(kind, events), at + timedelta(hours=hours)
    return events


SENT = (Step.SENT, None)
ALL_THE_WAY = (SENT, *((Step.ACCEPTED, level) for level in (NEIGHBOURHOOD, KELURAHAN, KECAMATAN, DINSOS)))


def test_a_proposal_climbs_from_the_neighbourhood_to_dinsos_and_is_accepted_there():
    holders = [present(Kind.USULAN, story(Kind.USULAN, *ALL_THE_WAY[:n])).holder for n in range(1, 6)]
    assert holders == [NEIGHBOURHOOD, KELURAHAN, KECAMATAN, DINSOS, None]
    assert present(Kind.USULAN, story(Kind.USULAN, *ALL_THE_WAY)).outcome is Outcome.ACCEPTED


def test_a_correction_goes_from_the_kelurahan_straight_to_dinsos():
    events = story(Kind.KOREKSI, SENT, (Step.ACCEPTED, KELURAHAN))
    assert [event.goes_to for event in events] == [KELURAHAN, DINSOS]


@pytest.mark.parametrize("step", [Step.ACCEPTED, Step.REJECTED, Step.ASKED, Step.FORWARDED, Step.TAKEN_UP])
@pytest.mark.parametrize("level", [NEIGHBOURHOOD, KELURAHAN, KECAMATAN])
def test_a_report_lies_at_dinsos_from_its_first_moment_and_nobody_below_can_touch_it(step, level):
    sent = story(Kind.LAPORAN, SENT)
    assert present(Kind.LAPORAN, sent).desk is DINSOS
    assert ROUTES[Kind.LAPORAN] == (DINSOS,)
    with pytest.raises(Refused):
        check(step, present(Kind.LAPORAN, sent), level=level, at=START)


@pytest.mark.parametrize(
    ("staffed", "first"),
    [
        (EVERYBODY, NEIGHBOURHOOD),
        ({KELURAHAN, KECAMATAN, DINSOS}, KELURAHAN),
        ({KECAMATAN}, KECAMATAN),
        ({DINSOS}, DINSOS),
        (set(), DINSOS),
    ],
)
def test_what_nobody_would_see_starts_further_up(staffed, first):
    assert present(Kind.USULAN, story(Kind.USULAN, SENT, staffed=staffed)).holder is first


def test_a_level_without_an_account_is_passed_by_on_the_way_up():
    events = story(Kind.USULAN, SENT, (Step.ACCEPTED, NEIGHBOURHOOD), staffed={NEIGHBOURHOOD, DINSOS})
    assert present(Kind.USULAN, events).holder is DINSOS


def test_a_question_waits_at_the_sender_and_the_answer_goes_back_to_who_asked():
    asked = story(Kind.USULAN, SENT, (Step.ASKED, NEIGHBOURHOOD))
    state = present(Kind.USULAN, asked)
    assert (state.holder, state.desk) == (SENDER, NEIGHBOURHOOD)
    answered = story(Kind.USULAN, SENT, (Step.ASKED, NEIGHBOURHOOD), (Step.ANSWERED, None))
    assert present(Kind.USULAN, answered).holder is NEIGHBOURHOOD


def test_who_asked_may_decide_without_waiting_for_the_answer():
    events = story(Kind.USULAN, SENT, (Step.ASKED, NEIGHBOURHOOD), (Step.ACCEPTED, NEIGHBOURHOOD))
    assert present(Kind.USULAN, events).holder is KELURAHAN


@pytest.mark.parametrize(
    ("kind", "span"),
    [(Kind.KOREKSI, timedelta(hours=72)), (Kind.SANGGAH, timedelta(days=14)), (Kind.LAPORAN, timedelta(hours=72))],
)
def test_clocks_run_from_the_sending_and_no_question_stops_them(kind, span):
    first = ROUTES[kind][0]
    assert present(kind, story(kind, SENT)).due_at == START + span
    if kind is not Kind.LAPORAN:
        state = present(kind, story(kind, SENT, (Step.ASKED, first), (Step.ANSWERED, None)))
        assert state.due_at == START + span
        assert not state.is_late(START + span)
        assert state.is_late(START + span + timedelta(seconds=1))


def test_a_report_has_no_clock_any_more_once_dinsos_has_answered():
    assert present(Kind.LAPORAN, story(Kind.LAPORAN, SENT, (Step.ASKED, DINSOS))).due_at is None


def test_a_proposal_to_be_listed_has_no_clock():
    assert present(Kind.USULAN, story(Kind.USULAN, SENT)).due_at is None


@pytest.mark.parametrize(
    ("rejected_at", "goes_to"),
    [(NEIGHBOURHOOD, KELURAHAN), (KELURAHAN, KECAMATAN), (KECAMATAN, DINSOS), (DINSOS, DINSOS)],
)
def test_an_objection_goes_to_the_level_above_and_at_the_top_to_the_top_again(rejected_at, goes_to):
    route = ROUTES[Kind.USULAN]
    climbed = [(Step.ACCEPTED, level) for level in route[: route.index(rejected_at)]]
    events = story(Kind.USULAN, SENT, *climbed, (Step.REJECTED, rejected_at, "well_off"), (Step.OBJECTED, None))
    state = present(Kind.USULAN, events)
    assert (state.holder, state.outcome, state.reason) == (goes_to, None, "well_off")


def test_an_objection_is_possible_once_for_each_rejection_and_for_fourteen_days():
    rejected = story(Kind.USULAN, SENT, (Step.REJECTED, NEIGHBOURHOOD, "moved"))
    state, at = present(Kind.USULAN, rejected), rejected[-1].at
    assert state.outcome is Outcome.REJECTED
    check(Step.OBJECTED, state, level=None, at=at + timedelta(days=14))
    with pytest.raises(Refused, match="no_objection"):
        check(Step.OBJECTED, state, level=None, at=at + timedelta(days=14, seconds=1))
    with pytest.raises(Refused, match="no_objection"):
        story(Kind.USULAN, SENT, (Step.REJECTED, NEIGHBOURHOOD, "moved"), (Step.OBJECTED, None), (Step.OBJECTED, None))
    again = story(
        Kind.USULAN, SENT,
        (Step.REJECTED, NEIGHBOURHOOD, "moved"), (Step.OBJECTED, None),
        (Step.REJECTED, KELURAHAN, "other"), (Step.OBJECTED, None),
    )  # fmt: skip
    assert present(Kind.USULAN, again).holder is KECAMATAN


def test_an_objection_starts_the_clock_anew():
    events = story(Kind.KOREKSI, SENT, (Step.REJECTED, KELURAHAN, "already_right"), (Step.OBJECTED, None))
    assert present(Kind.KOREKSI, events).due_at == events[-1].at + timedelta(hours=72)


@pytest.mark.parametrize(
    ("done", "step", "level", "code"),
    [
        ([], Step.ACCEPTED, KELURAHAN, "not_yours"),
        ([], Step.ANSWERED, None, "not_asked"),
        ([], Step.OBJECTED, None, "no_objection"),
        ([], Step.TAKEN_UP, NEIGHBOURHOOD, "not_above"),
        ([(Step.REJECTED, NEIGHBOURHOOD, "died")], Step.ACCEPTED, NEIGHBOURHOOD, "already_closed"),
        ([(Step.REJECTED, NEIGHBOURHOOD, "died")], Step.JOINED, None, "already_closed"),
        ([(Step.GRANTED, None)], Step.GRANTED, None, "already_closed"),
        ([(Step.GRANTED, None)], Step.OBJECTED, None, "no_objection"),
    ],
)
def test_what_cannot_be_done_now_is_refused(done, step, level, code):
    state = present(Kind.USULAN, story(Kind.USULAN, SENT, *done))
    with pytest.raises(Refused, match=code):
        check(step, state, level=level, at=START + timedelta(hours=9))


def test_the_last_level_has_nowhere_to_forward_to():
    state = present(Kind.LAPORAN, story(Kind.LAPORAN, SENT))
    with pytest.raises(Refused, match="nowhere_further"):
        find_destination(Kind.LAPORAN, Step.FORWARDED, state, level=DINSOS, staffed=EVERYBODY)


def test_a_level_can_ask_the_one_below_which_has_it_again():
    climbed = (SENT, (Step.ACCEPTED, NEIGHBOURHOOD), (Step.RETURNED, KELURAHAN))
    assert present(Kind.USULAN, story(Kind.USULAN, *climbed)).holder is NEIGHBOURHOOD
    with pytest.raises(Refused, match="nobody_below"):
        story(Kind.USULAN, SENT, (Step.RETURNED, NEIGHBOURHOOD))
    with pytest.raises(Refused, match="nobody_below"):
        story(Kind.LAPORAN, SENT, (Step.RETURNED, DINSOS))


def test_a_level_above_can_take_up_what_lies_below():
    events = story(Kind.USULAN, SENT, (Step.TAKEN_UP, KECAMATAN), (Step.ACCEPTED, KECAMATAN))
    assert present(Kind.USULAN, events).holder is DINSOS


def test_an_accepted_proposal_waits_for_the_list_and_a_rejected_one_as_long_as_an_objection_is_possible():
    accepted = present(Kind.USULAN, story(Kind.USULAN, *ALL_THE_WAY))
    rejected = present(Kind.USULAN, story(Kind.USULAN, SENT, (Step.REJECTED, NEIGHBOURHOOD, "well_off")))
    later = START + timedelta(days=15)
    assert accepted.waits_for_list(later)
    assert rejected.waits_for_list(START + timedelta(days=14))
    assert not rejected.waits_for_list(later)


def test_rt_and_rw_have_five_reasons_for_no():
    assert reasons_for_no(Kind.USULAN, NEIGHBOURHOOD) == FIVE_REASONS
    assert FIVE_REASONS == ("died", "moved", "well_off", "receives_other_aid", "other")


def test_two_senders_who_name_different_places_meet_at_the_lowest_level_that_covers_both():
    assert find_meeting_point(Kind.USULAN, "32.71.05.1002", "32.71.05.1002") is NEIGHBOURHOOD
    assert find_meeting_point(Kind.USULAN, "32.71.05.1002", "32.71.05.1003") is KECAMATAN
    assert find_meeting_point(Kind.USULAN, "32.71.05.1002", "32.71.01.1001") is DINSOS
    assert find_meeting_point(Kind.KOREKSI, "32.71.05.1002", "32.71.05.1003") is DINSOS


def test_a_joined_ticket_sees_nothing_of_what_was_before_it():
    events = story(
        Kind.SANGGAH, SENT, (Step.REJECTED, NEIGHBOURHOOD, "still_in_need"), (Step.OBJECTED, None),
        (Step.ASKED, KELURAHAN), (Step.JOINED, None), (Step.JOINED, None), (Step.ANSWERED, None),
        (Step.ACCEPTED, KELURAHAN),
    )  # fmt: skip
    seen = as_seen_from(Kind.SANGGAH, events, 5)
    assert [(number, event.step) for number, event in seen.items()] == [
        (5, Step.SENT), (7, Step.ANSWERED), (8, Step.ACCEPTED),
    ]  # fmt: skip
    asked = present(Kind.SANGGAH, as_seen_from(Kind.SANGGAH, events[:5], 5).values())
    assert (asked.holder, asked.held_since) == (KELURAHAN, events[4].at)
    assert asked.due_at == events[4].at + timedelta(days=14)
    assert present(Kind.SANGGAH, seen.values()).holder is present(Kind.SANGGAH, events).holder is KECAMATAN
    assert [event.step for event in as_seen_from(Kind.SANGGAH, events, 1).values()].count(Step.JOINED) == 0
