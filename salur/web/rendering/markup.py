"""Sentences into HTML: `*so*` becomes strong, all else is escaped."""

from __future__ import annotations

from markupsafe import Markup, escape

from salur.words.language import EMPHASIS


def rich(sentence: str) -> Markup:
    """Show a sentence with its emphasis. Escaping comes first; it leaves asterisks alone."""
    return Markup(EMPHASIS.sub(r"<strong>\1</strong>", str(escape(sentence))))  # noqa: S704  (escaped on this line)
