"""Why there is no answer: a page of its own, at an address that tells nothing, so that *back* and a reload work."""

from __future__ import annotations

from werkzeug.wrappers import Response

from salur.core.asking.answers import Missed
from salur.core.errors import TooManyAttempts
from salur.core.lookup.answers import NotOnTheList
from salur.core.people.letter_codes import LetterCode
from salur.web import refusals
from salur.web.context import humans, services, show
from salur.web.http import kept
from salur.web.locale import say
from salur.web.lookup.forms import CheckForm
from salur.web.lookup.standby import how_new
from salur.words.refusals import after_a_miss

# In place of the kind of number that an answer was for: not found, not readable, closed for now, no ticket under that
# name.
MISS, SLIP, CLOSED, NO_TICKET = UNANSWERED = "", "slip", "closed", "no_ticket"


def unanswered(why: str, number: str, name: str, found: NotOnTheList | TooManyAttempts | None = None) -> Response:
    """On to why there is no answer, with what was typed; shown at once where that is too long to be kept."""
    answer = found if isinstance(found, NotOnTheList) else NotOnTheList(0, found)
    typed = Missed(number, name, answer)
    if not kept.keep(kept.ANSWER, services().asking.keep(typed), why):
        return why_not(why, typed)
    return kept.go_to("/jawaban")


def why_not(why: str, typed: Missed) -> Response:
    """The page of it."""
    if why == MISS:
        return _missed(typed)
    if why == CLOSED and typed.found.next_refusal is not None:
        return refusals.too_many_attempts(typed.found.next_refusal)
    form = CheckForm(typed.number, typed.name)
    form.understood()
    if why == NO_TICKET:
        return show("lookup/check.html", 422, form=form, letters=True, problem=NO_TICKET)
    return show("lookup/check.html", 422, form=form, letters=form.typed_letters, problem=form.problem)


def _missed(missed: Missed) -> Response:
    """What was not found, with the form as it was typed and what is left to try."""
    form = CheckForm(missed.number, missed.name, warned=missed.number, warned_name=missed.name)
    identity = form.understood()
    assert identity is not None
    left = after_a_miss(missed.found, identity, say(), zone=services().settings.zone)
    told = {"form": form, "left": left, "by_letter": isinstance(identity, LetterCode), **humans()}
    told["how_new"] = how_new(missed.found)
    return show("lookup/not_listed.html", 200, answer=missed.found, **told)
