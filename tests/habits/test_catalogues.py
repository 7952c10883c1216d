"""Catalogues in step with the code: extracted anew they hold the same sentences, and every language says them all."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

from salur.words.language import LANGUAGES, SOURCE
from tests.habits.source import ROOT, modules

TRANSLATIONS = ROOT / "translations"
TEMPLATE = TRANSLATIONS / "messages.pot"
PLACEHOLDER = re.compile(r"\{\w*\}|%\(\w+\)s|</?\w+>|\*")
# The arguments that name a sentence, as babel.cfg says at its top.
KEYWORDS = re.compile(r"-k (\S+)")
TEMPLATES = ROOT / "salur" / "web" / "templates"
SAYING = frozenset({"say", "N_", "plural"})
TRANSLATED = sorted(set(LANGUAGES) - {SOURCE})


def extracted() -> set[Any]:
    """The sentences in the code as it is now."""
    methods, options = _mapping()
    found = extract_from_dir(str(ROOT), methods, options, keywords=_keywords(), strip_comment_tags=False)
    return {_key(message, context) for _, _, message, _, context in found}


def catalogue(path: Path) -> Catalog:
    """A stored catalogue or template."""
    with path.open("rb") as file:
        return read_po(file)


def said(path: Path) -> dict[Any, Message]:
    """The sentences of a stored catalogue, the obsolete left out."""
    return {_key(message.id, message.context): message for message in catalogue(path) if message.id}


def _mapping() -> tuple[list[tuple[str, str]], Mapping[str, Any]]:
    from babel.messages import frontend

    parse: Any = frontend.parse_mapping_cfg
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse(file)
    return methods, options


def _keywords() -> Mapping[str, Any]:
    from babel.messages.extract import DEFAULT_KEYWORDS
    from babel.messages.frontend import parse_keywords

    own = KEYWORDS.findall((ROOT / "babel.cfg").read_text().splitlines()[0])
    return {**DEFAULT_KEYWORDS, **parse_keywords(own)}


def _key(message: Any, context: str | None) -> Any:
    return (tuple(message) if isinstance(message, list | tuple) else message, context)


def _forms(value: Any) -> list[str]:
    return list(value) if isinstance(value, list | tuple) else [value]


def test_the_template_holds_the_sentences_of_the_code() -> None:
    now, stored = extracted(), set(said(TEMPLATE))
    assert now, "nothing was extracted: this test looks in the wrong place"
    assert {"new": now - stored, "gone": stored - now} == {"new": set(), "gone": set()}


def test_no_sentence_is_said_where_the_extractor_does_not_look() -> None:
    """It overlooks `say()("…")`, what stands in an f-string or in another such call, and methods in templates."""
    found = {sentence for key, _ in extracted() for sentence in (key if isinstance(key, tuple) else (key,))}
    said_here = {text for module in modules() for text in _said_in(module.tree)}
    said_here |= {text for path in TEMPLATES.rglob("*.html") for text in _said_in_template(path)}
    assert said_here - found == set()


def _said_in(tree: ast.AST) -> Iterator[str]:
    """The first argument of whatever is called `say`, `N_`, `plural` or like them, and of what `say()` gives."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            callee = node.func.func if isinstance(node.func, ast.Call) else node.func
            name = getattr(callee, "id", getattr(callee, "attr", ""))
            if name in SAYING and isinstance(node.args[0].value, str):
                yield node.args[0].value


def _said_in_template(path: Path) -> Iterator[str]:
    for call in Environment(autoescape=True).parse(path.read_text()).find_all(nodes.Call):
        name = getattr(call.node, "name", getattr(call.node, "attr", ""))
        if name in SAYING and call.args and isinstance(call.args[0], nodes.Const):
            yield call.args[0].value


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_language_says_every_sentence(language: str) -> None:
    template, own = set(said(TEMPLATE)), said(TRANSLATIONS / language / "LC_MESSAGES" / "messages.po")
    assert template - set(own) == set()
    unsaid = [m.id for m in own.values() if m.fuzzy or not all(_forms(m.string))]
    assert unsaid == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_keep_placeholders_and_emphasis(language: str) -> None:
    own = said(TRANSLATIONS / language / "LC_MESSAGES" / "messages.po").values()
    for message in own:
        meant = sorted(set(PLACEHOLDER.findall(_forms(message.id)[-1])))
        for form in filter(None, _forms(message.string)):
            assert sorted(set(PLACEHOLDER.findall(form))) == meant, message.id


@pytest.mark.parametrize("language", TRANSLATED)
def test_catalogues_compile(language: str, tmp_path: Path) -> None:
    path = TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"
    errors = [(message.id, list(found)) for message, found in catalogue(path).check() if found]
    assert errors == []
    with (tmp_path / "messages.mo").open("wb") as file:
        write_mo(file, catalogue(path))
