"""What is said of a waiting line: whole sentences for every way to stand, and nothing of anybody's list."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from salur.core.proposals.answers import InLine
from salur.core.proposals.kinds import LineRule, Standing
from salur.core.waiting.kinds import SKIP_REASONS, LineStep
from salur.words.casework.lines import RULES, SKIPS, STANDINGS, in_line, line_notice
from salur.words.language import LANGUAGES, language

NOON = datetime(2026, 2, 20, 5, tzinfo=UTC)
HIDDEN = (Standing.LISTED, Standing.EXCLUDED, Standing.NO_NUMBER)


def a_line(standing: Standing, position: int | None = None) -> InLine:
    """Where somebody stands in the line of APBD."""
    return InLine("APBD", "Bantuan APBD", standing, LineRule.ACCEPTED, 40, NOON, position, "moved")


def test_every_way_to_stand_every_rule_and_every_reason_has_words():
    assert set(STANDINGS) == set(Standing)
    assert set(RULES) == set(LineRule)
    assert set(SKIPS) == set(SKIP_REASONS)


def test_a_place_in_line_is_said_with_its_rule_and_its_day():
    told = in_line(a_line(Standing.WAITING, 12), UTC, language("id"))
    assert told == (
        "*Urutan 12 dari 40* untuk Bantuan APBD, menurut tanggal disetujui Dinas Sosial, per Jumat, 20 Februari 2026."
    )


def test_what_lists_say_of_somebody_is_told_by_no_ticket():
    assert len({in_line(a_line(standing), UTC, language("id")) for standing in HIDDEN}) == 1


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("step", LineStep)
def test_a_notice_names_the_programme_and_the_ticket_and_no_reason(step, code):
    told = line_notice({"step": step, "programme": "Bantuan APBD", "ticket": "7K"}, language(code))
    assert "Bantuan APBD" in told
    assert "7K" in told
    assert "pindah" not in told
