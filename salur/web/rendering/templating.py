"""Templates that already speak: the fixed sentences are put in when a template is compiled, once for each language.

`{{ say("Bawa") }}` would be a call for every label of every page. Here it is a piece of text by the time anyone asks,
which halves the time to render an answer. Sentences with values are still said when the page is shown, and so is
whatever writes a day or an hour: a template lives longer than a day.
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

from salur.web.rendering.fixed import Kept
from salur.web.rendering.vocabulary import WORDS
from salur.words.language import LANGUAGES, Dated, Say, language, timeless

OFFICE = "/petugas"  # where the work of officers begins
FRAMES = 1000  # how many are kept; there is one for each address and language
FIXED = 100  # pages: a few for each language, and more where a city's name is changed
ALIKE = 400  # answers that many get: one for each programme, kelurahan and amount, at 15 KB


class SpokenEnvironment(Environment):
    """A template environment of one language; `say` is None in the one that Flask makes, which is for none."""

    say: Say | None = None

    def make_globals(self, d: MutableMapping[str, object] | None) -> MutableMapping[str, object]:
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
        self.fixed, self.alike = Kept(FIXED), Kept(ALIKE)
        self._by_code = {code: self._spoken(app, language(code)) for code in LANGUAGES}
        self._frame = lru_cache(maxsize=FRAMES)(self._make_frame)

    def frame(
        self, say: Say, here: str, *, signed_in: bool = False, in_telegram: bool = False, city: str = ""
    ) -> Frame:
        """What stands around the page at the address `here`, made once; who is signed in has another first page, whom
        Telegram has opened it for its back button."""
        return self._frame(say.code, here, signed_in, in_telegram, city)

    def get(self, name: str, say: Say) -> Template:
        """The template in the reader's language, compiled once."""
        return self._by_code[say.code].get_template(name)

    def _make_frame(self, code: str, here: str, signed_in: bool, in_telegram: bool, city: str) -> Frame:  # noqa: FBT001  (by position)
        say = language(code)
        macros: Any = self.get("parts/frame.html", say).module  # its macros are attributes that no type knows
        first, office = (OFFICE, OFFICE) if signed_in else ("/", "/masuk")
        return Frame(macros.top(say, here, LANGUAGES, first, city), macros.foot(say, office, in_telegram))

    @staticmethod
    def _spoken(app: Flask, say: Say) -> SpokenEnvironment:
        environment = app.jinja_env.overlay()
        assert isinstance(environment, SpokenEnvironment)
        environment.say = say
        return environment


class _Spoken(NodeTransformer):
    """Replaces `say("…")`, and `words.….something(say)` where that is a sentence, by what is said."""

    def __init__(self, say: Say) -> None:
        self._say = timeless(say.code)

    def visit_Call(self, node: nodes.Call, *args: object, **kwargs: object) -> nodes.Node:  # noqa: N802  (jinja2's name)
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
        sentence = _named(callee)
        if not callable(sentence):
            return None
        try:
            said = sentence(self._say)
        except Dated:
            return None
        return said if isinstance(said, str) else None


def _named(callee: nodes.Node) -> object:
    """What a template means by `words.…`; None for whatever else it names."""
    if isinstance(callee, nodes.Name):
        return WORDS if callee.name == "words" else None
    if isinstance(callee, nodes.Getattr):
        return getattr(_named(callee.node), callee.attr, None)
    return None
