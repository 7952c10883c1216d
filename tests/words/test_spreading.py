"""Whatever the planning of families refuses has words, and the refusal of a full sitting says how many are too many."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from salur.core.errors import Refused
from salur.core.payouts.spreading.answers import Left, WantedSitting
from salur.words.language import language
from salur.words.payouts.spreading import LEFT, full
from salur.words.refusals import SLIPS

SPREADING = Path(__file__).parents[2] / "salur/core/payouts/spreading"
WANTED = WantedSitting(3, dt.date(2026, 2, 23), dt.time(8), dt.time(12), 10)


def test_whatever_is_refused_has_words():
    text = "\n".join(path.read_text() for path in SPREADING.glob("*.py"))
    codes = set(re.findall(r'(?:Refused|NotThere)\(\s*(?:"[a-z_]+", )?"([a-z_]+)"(?!, code)', text))
    codes |= set(re.findall(r'code = "([a-z_]+)"', text))
    assert {"sitting_full", "nobody_there", "no_capacity", "too_many_sittings", "planner_gone"} <= codes
    assert codes - set(SLIPS) == set()


def test_every_reason_to_be_left_has_words_and_a_way_on():
    assert set(LEFT) == set(Left)
    assert all(why and way for why, way in LEFT.values())


def test_a_full_sitting_says_how_many_are_too_many():
    refused = Refused("sitting_full", sitting=0, families=30, room=10)
    told = full(refused, (WANTED,), {3: "Aula"}, language("id"))
    assert told is not None
    assert "30 keluarga akan datang, tempatnya tinggal untuk 10. Kelebihan 20." in told
    assert "Senin, 23 Februari, 08.00–12.00, Aula" in told
    assert full(Refused("nobody_there"), (WANTED,), {}, language("id")) is None
