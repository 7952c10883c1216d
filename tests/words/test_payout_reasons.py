"""Each reason for which a row of a report or a schedule is not used, or asked about, has its sentence."""

from __future__ import annotations

import ast
import re

import pytest

from salur.core.payouts.weighing import LEFT_OUT
from salur.words.language import language
from salur.words.payouts.reasons import ASKED, WHY, why
from tests.habits.source import modules

# What makes a reason: faults and questions of a row, and what the core's rules for a row return.
MAKERS = frozenset({"NotUsed", "Question", "fault"})
RULES = frozenset({"salur.core.payouts.weighing", "salur.core.payouts.steps", "salur.core.payouts.questions"})
READERS = frozenset({"salur.intake.payments", "salur.intake.schedule", "salur.intake.rows"})
A_CODE = re.compile(r"[a-z]+(?:_[a-z]+)+|repeated")


def codes() -> set[str]:
    """Texts in the place of a code, where the core weighs and intake reads payments and schedules."""
    found: set[str] = set()
    for module in modules():
        if module.name in RULES | READERS:
            for node in ast.walk(module.tree):
                name = getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""
                if name in MAKERS or (module.name in RULES and isinstance(node, ast.Return)):
                    texts = [part.value for part in ast.walk(node) if isinstance(part, ast.Constant)]
                    found |= {text for text in texts if isinstance(text, str) and A_CODE.fullmatch(text)}
    return found | LEFT_OUT


def test_no_reason_is_told_by_its_code() -> None:
    say = language("id")
    found = codes()
    assert len(found) > 25
    assert [code for code in found if why(code, say) == code] == []


@pytest.mark.parametrize("code", [*WHY, *ASKED])
def test_a_reason_is_a_whole_sentence(code: str) -> None:
    assert why(code, language("id"))[-1] in ".?"
