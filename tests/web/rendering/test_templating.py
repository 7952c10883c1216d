"""Templates that already speak: what is fixed is put in once, what depends on the day never is."""

from __future__ import annotations

import ast
from datetime import datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from salur.web.rendering import templating
from salur.web.rendering.templating import SpokenEnvironment, Templates
from salur.words.language import Say, language
from tests.habits.source import modules

ZONE = ZoneInfo("Asia/Jakarta")
MORNING = datetime(2026, 2, 24, 8, tzinfo=ZONE)
HOUR = timedelta(hours=1)
DATED = {
    "date": lambda say, at: say.date(at),
    "short_date": lambda say, at: say.short_date(at),
    "weekday": lambda say, at: say.weekday(at),
    "day_and_month": lambda say, at: say.day_and_month(at),
    "clock": lambda say, at: say.clock(at),
    "hours": lambda say, at: say.hours(at, at + HOUR),
    "wait": lambda say, at: say.wait(HOUR, at, ZONE),
    "within a sentence": lambda say, at: say("Bawa {benda}.", benda=say.date(at)),
}


@pytest.fixture
def page(tmp_path):
    """A page of this source, from a site of its own; what is called again is shown again."""

    def make(source: str, code: str = "id"):
        (tmp_path / "page.html").write_text(source)
        site = Flask("site", template_folder=str(tmp_path))
        site.jinja_environment = SpokenEnvironment
        say = language(code)
        template = Templates(site).get("page.html", say)
        return lambda **values: template.render(values)

    return make


@pytest.mark.parametrize(("code", "said"), [("id", "Nama"), ("en", "Name")])
def test_a_fixed_sentence_needs_nobody_to_say_it(page, code, said):
    assert page('{{ say("Nama") }}', code)() == said


def test_a_sentence_with_a_value_is_said_when_the_page_is_shown(page):
    show = page('{{ say("Bawa {benda}.", benda=what) }}')
    assert [show(say=language("id"), what=what) for what in ("KTP", "KK")] == ["Bawa KTP.", "Bawa KK."]


def test_a_fixed_sentence_of_the_words_is_put_in(page, monkeypatch):
    monkeypatch.setattr(templating, "WORDS", SimpleNamespace(fixed=lambda say: say("Nama")))
    assert page("{{ words.fixed(say) }}")() == "Nama"


@pytest.mark.parametrize("way", DATED)
def test_a_sentence_that_depends_on_the_day_is_never_put_in(page, monkeypatch, way):
    clock = [MORNING]
    words = SimpleNamespace(today=lambda say: DATED[way](say, clock[0]))
    monkeypatch.setattr(templating, "WORDS", words)
    show = page("{{ words.today(say) }}")
    for day in (MORNING, MORNING + timedelta(days=9, hours=2)):
        clock[0] = day
        assert show(words=words, say=language("id")) == DATED[way](language("id"), day)


def test_every_way_to_write_a_day_or_an_hour_is_known_here():
    moments = {"date", "datetime", "Day"}
    dated = {
        name
        for name, method in vars(Say).items()
        if callable(method) and moments & set(str(getattr(method, "__annotations__", {})).replace("'", " ").split())
    }
    assert dated == set(DATED) - {"within a sentence"}


def test_the_words_read_no_clock_but_are_told_the_moment():
    """So that a sentence has its day from nowhere else. One may be left out where the caller knows none: refusals."""
    reading = [
        str(module.path)
        for module in modules()
        if module.name.startswith("salur.words")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", "") in ("now", "today", "utcnow", "localtime", "time")
    ]
    assert set(reading) == {"salur/words/refusals.py"}
