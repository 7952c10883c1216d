"""Templates that already speak: the fixed sentences are put in when a template is compiled, once for each language.

`{{ say("Bawa") }}` would be a call for every label of every page. Here it is a piece of text by the time anyone asks,
which halves the time to render an answer. Sentences with values are still said when the page is shown.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import Flask
from flask.templating import Environment
from jinja2 import Template, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from salur import words
from salur.words import LANGUAGES, Say, language

FRAMES = 1000  # how many are kept; there is one for each address and language


class SpokenEnvironment(Environment):
    """A template environment of one language; `say` is None in the one that Flask makes, which is for none."""

    say: Say | None = None

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What every template finds, in one dict. Jinja looks through two, at every page, for what is added later."""
        return {**self.globals, **(d or {})}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        if self.say is not None:
            _Spoken(self.say).visit(tree)
        return tree


@dataclass(frozen=True, slots=True)
class Frame:
    """Head and foot of a page, as finished HTML."""

    top: Markup
    foot: Markup


class Templates:
    """The templates of each language."""

    def __init__(self, app: Flask) -> None:
        self._by_code = {code: self._spoken(app, language(code)) for code in LANGUAGES}
        self._frame = lru_cache(maxsize=FRAMES)(self._make_frame)

    def frame(self, say: Say, here: str) -> Frame:
        """What stands around the page at the address `here`, made once."""
        return self._frame(say.code, here)

    def get(self, name: str, say: Say) -> Template:
        """The template in the reader's language, compiled once."""
        return self._by_code[say.code].get_template(name)

    def _make_frame(self, code: str, here: str) -> Frame:
        say = language(code)
        macros: Any = self.get("_frame.html", say).module
        return Frame(macros.top(say, here, LANGUAGES), macros.foot(say))

    @staticmethod
    def _spoken(app: Flask, say: Say) -> SpokenEnvironment:
        environment = app.jinja_env.overlay()
        assert isinstance(environment, SpokenEnvironment)
        environment.say = say
        return environment


class _Spoken(NodeTransformer):
    """Replaces `say("…")`, and `words.something(say)` where that is a sentence, by what is said."""

    def __init__(self, say: Say) -> None:
        self._say = say

    def visit_Call(self, node: nodes.Call, *args: Any, **kwargs: Any) -> nodes.Node:  # noqa: N802  (jinja2's name)
        """Look at one call; its arguments first."""
        self.generic_visit(node, *args, **kwargs)
        said = self._said(node)
        return node if said is None else nodes.Const(said, lineno=node.lineno)

    def _said(self, node: nodes.Call) -> str | None:
        if len(node.args) != 1 or node.kwargs or node.dyn_args or node.dyn_kwargs:
            return None
        callee, (argument,) = node.node, node.args
        if isinstance(callee, nodes.Name) and callee.name == "say" and isinstance(argument, nodes.Const):
            return self._say(argument.value)
        if not isinstance(argument, nodes.Name) or argument.name != "say":
            return None
        if isinstance(callee, nodes.Getattr) and isinstance(callee.node, nodes.Name) and callee.node.name == "words":
            said = getattr(words, callee.attr)(self._say)
            return said if isinstance(said, str) else None
        return None
