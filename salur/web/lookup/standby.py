"""Said on an answer that a standby gave."""

from __future__ import annotations

from salur.core.lookup.answers import Answer
from salur.web.context import services
from salur.web.locale import say
from salur.words.lookup.answer import read_only


def how_new(answer: Answer) -> str:
    """How new its data are, and what cannot be done now; empty for an answer as always."""
    if answer.as_of is None:
        return ""
    return read_only(answer.as_of, services().clock(), services().settings.zone, say())
