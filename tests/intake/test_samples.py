"""The five sample lists come out exactly as the answer beside each of them says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from salur.intake.people import read_list

EXAMPLES = Path(__file__).parent / "examples"
ANSWERS = sorted(EXAMPLES.glob("*.json"))


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda path: path.stem)
def test_a_sample_list_is_understood_to_the_last_cell(answer):
    expected = json.loads(answer.read_text())
    draft = read_list(EXAMPLES / expected["file"])
    fields = list(expected["people"][0])
    assert [{f: getattr(person, f) for f in fields} for person in draft.people] == expected["people"]
    assert [list(fault) for fault in draft.faults] == expected["faults"]
    assert list(draft.refused) == expected["refused"]


def test_all_five_are_there():
    assert len(ANSWERS) == 5
