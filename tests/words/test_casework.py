"""Offices' words for proposals: everything that can happen has some, and spans are told as people tell them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from salur.core.casework.answers import Choices, Decided, Tab
from salur.core.casework.decisions import OFFERED
from salur.core.errors import Refused
from salur.core.proposals.draft import REASONS
from salur.core.proposals.kinds import Holder, Kind, Outcome, Step, reasons_for_no
from salur.words.casework import cases, decisions
from salur.words.casework.cases import DONE, DONE_BY_SENDER, REASONS_FOR_NO, SENT_FOR
from salur.words.language import language
from salur.words.notices import NOTICES

SAY = language("id")
LEVELS = tuple(holder for holder in Holder if holder is not Holder.SENDER)


def test_every_reason_has_words_of_its_own() -> None:
    sent = {(kind, code) for kind, codes in REASONS.items() for code in codes if code != "other"}
    refused = {code for kind in Kind for level in LEVELS for code in reasons_for_no(kind, level)} - {"other"}
    assert (sent - set(SENT_FOR), refused - set(REASONS_FOR_NO)) == (set(), set())


def test_every_step_is_told_by_whoever_takes_it() -> None:
    assert set(DONE) == {*OFFERED, Step.UNDONE}
    assert set(DONE) | set(DONE_BY_SENDER) == set(Step)
    for step in OFFERED:
        for level in LEVELS:
            told = cases.step_told(step, level, SAY)
            assert cases.level_name(level, SAY)[1:] in told


@pytest.mark.parametrize("kind", Kind)
def test_every_decision_has_a_button_and_says_what_follows(kind: Kind) -> None:
    assert decisions.question(kind, SAY)
    assert decisions.no(kind, SAY)
    for up in (None, *LEVELS):
        assert decisions.yes(kind, Choices(up=up), SAY)
        assert decisions.after_yes(kind, Choices(up=up), SAY).startswith("Sesudah itu")
    for step in OFFERED:
        for holder, outcome in ((Holder.KELURAHAN, None), (None, Outcome.ACCEPTED)):
            verdict, following = decisions.decided(Decided(kind, step, holder, outcome), SAY)
            assert verdict
            assert following


@pytest.mark.parametrize(
    "code",
    "already_closed not_yours not_above not_too_long nobody_below reason_missing words_missing words_too_long"
    " number_in_words".split(),
)
def test_every_refusal_has_words(code: str) -> None:
    assert cases.refused(Refused(code), SAY) != cases.refused(Refused("something new"), SAY)


def test_every_part_has_a_name_and_says_when_it_is_empty() -> None:
    assert all(cases.tab_name(tab, SAY) and cases.nothing_in(tab, SAY) for tab in Tab)


@pytest.mark.parametrize(
    ("length", "told"),
    [
        (timedelta(minutes=59), "kurang dari 1 jam"),
        (timedelta(hours=1, minutes=59), "1 jam"),
        (timedelta(hours=24), "1 hari"),
        (timedelta(days=2, hours=5), "2 hari 5 jam"),
        (timedelta(days=13, hours=23), "13 hari"),
        (-timedelta(hours=5), "5 jam"),
    ],
)
def test_spans_are_told_in_days_and_hours(length: timedelta, told: str) -> None:
    assert cases.span(length, SAY) == told
    assert cases.clock(length, SAY) == (f"Terlambat {told}" if length < timedelta() else f"Sisa {told}")


def test_an_officers_message_names_the_kind_and_nothing_else() -> None:
    for kind in Kind:
        told = NOTICES["proposal_waiting"]({"kind": str(kind), "holder": "kelurahan"}, SAY)
        assert cases.kind_name(kind, SAY) in told
