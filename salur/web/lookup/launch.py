"""Opened from the bot's button: what Telegram signed comes in the form, never in an address, and goes no further."""

from __future__ import annotations

from flask import Blueprint, Response, request, session
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from salur.core.errors import Refused
from salur.web import locale
from salur.web.context import CHAT, services, show, show_form
from salur.web.http import kept
from salur.web.locale import say
from salur.web.lookup.forms import CheckForm
from salur.words.language import N_, known_language
from salur.words.refusals import refusal

blueprint = Blueprint("launch", __name__)
ADDRESS, LANGUAGE = "/aman", "bahasa"  # with the language that was chosen in the chat


@blueprint.get(ADDRESS)
def page() -> Response:
    """The form, which a script sends on where Telegram opened it; an ordinary one to everybody else."""
    locale.read_in(request.args.get(LANGUAGE))
    opened = CHAT in session
    return show_form("lookup/launch.html", "opened" if opened else "", form=CheckForm(), opened=opened)


@blueprint.post(ADDRESS)
def launched() -> ResponseReturnValue:
    """From now on this browser asks as the chat does. What it kept may be of another chat's, and goes."""
    kept.forget()
    session.pop(CHAT, None)
    try:
        opened = services().launches.open(request.form.get("data", ""))
    except Refused as error:
        return _not_opened(refusal(error, say()), 403)
    session[CHAT] = opened.key
    if not locale.is_chosen():
        locale.read_in(known_language(opened.language))
    return kept.go_to(ADDRESS)


@blueprint.errorhandler(CSRFError)
def form_expired(_error: CSRFError) -> Response:
    """It was open for too long, or the phone keeps no cookies."""
    return _not_opened(refusal("launch_old" if session else "cookies_missing", say()), 400)


def _not_opened(why: str, status: int) -> Response:
    return show("message.html", status, heading=N_("Belum terbuka dari Telegram"), text=why)
