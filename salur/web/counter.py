"""The counter of an office: a visitor with KTP is looked up by number and name. What is typed stands in no address."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue

from salur.core.counter.answers import AT_THE_COUNTER, BY_NUMBER_ALONE, Seen
from salur.core.errors import MalformedLetterCode, TooManyAttempts
from salur.core.limits.kinds import Door
from salur.core.neighbourhood.answers import must_choose
from salur.core.people.letter_codes import LetterCode
from salur.core.people.nik import Identity
from salur.core.people.ticket_codes import TicketCode
from salur.web.context import services
from salur.web.guard import guarded, officer, show_office
from salur.web.locale import say
from salur.web.lookup.forms import CheckForm
from salur.words.officers.counter import wait

blueprint = guarded(Blueprint("counter", __name__), *AT_THE_COUNTER)
PATH = "/loket"


@blueprint.get(PATH)
def ask() -> Response:
    """The form."""
    return _form(CheckForm())


@blueprint.post(PATH)
def look_up() -> Response:
    """What lists say of the visitor."""
    form = CheckForm.read(request.form)
    identity = _understood(form)
    if identity is None:
        return _form(form, 422)
    try:
        found = services().counter.look_up(officer(), identity, form.nama, door=Door.SITE)
    except TooManyAttempts as error:
        return _form(form, 429, problem=wait(error, say(), services().clock(), services().settings.zone))
    if isinstance(found, Seen):
        return show_office("counter/seen.html", seen=found)
    return _form(form, missed=found)


@blueprint.post(f"{PATH}/buka")
def reopen() -> Response:
    """Open the visitor's number again."""
    opened = services().counter.reopen(officer(), request.form.get("kunci", ""), door=Door.SITE)
    return show_office("counter/reopened.html", opened=opened)


@blueprint.get(f"{PATH}/buka")
def reopened_again() -> ResponseReturnValue:
    """A page that was dropped: back to the form."""
    return redirect(PATH, 303)


def _understood(form: CheckForm) -> Identity | None:
    """What was typed: a letter's code though it looks like a ticket's, and without a name where none is needed."""
    found = form.understood()
    if officer().role in BY_NUMBER_ALONE and form.errors == {"nama": "name_missing"} and not form.nama.strip():
        form.errors, found = {}, form.identity
    if not isinstance(found, TicketCode):
        return found
    try:
        return LetterCode.parse(found.typed)
    except MalformedLetterCode:
        form.errors["nomor"] = "ticket_at_the_desk"
        return None


def _form(form: CheckForm, status: int = 200, **values: object) -> Response:
    by_name = services().neighbourhood.overview(officer()).districts if must_choose(officer()) else ()
    needed = officer().role not in BY_NUMBER_ALONE
    return show_office("counter/ask.html", status, form=form, districts=by_name, name_needed=needed, **values)
