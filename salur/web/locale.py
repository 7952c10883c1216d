"""The reader's language: a cookie set by a plain link. Indonesian until someone chooses.

What the browser says it prefers is not asked: many phones here are set to English by people who do not read it.
"""

from __future__ import annotations

import re
from functools import partial

from flask import Blueprint, Response, after_this_request, current_app, g, redirect, request
from werkzeug.exceptions import NotFound

from salur.words.language import LANGUAGES, Say, language

COOKIE = "bahasa"
SECRET = ("/v/", "/kalender/")  # behind it stands what opens a page
YEAR = 365 * 24 * 3600  # seconds
# Every address we have; neither `//elsewhere` nor a query, and nothing long: pages are kept by it.
# The desk's may name a programme.
OWN_PATH = re.compile(r"/(?:[a-z0-9][a-z0-9./-]{0,60}|kantor/[a-z]{1,20}/[A-Za-z0-9./-]{1,40})?")
OWN_QUERY = re.compile(r"[a-z0-9=&._%+-]{0,120}", re.I)

blueprint = Blueprint("locale", __name__)


def say() -> Say:
    """The words in the language of whoever reads this response."""
    return language(g.get(COOKIE) or request.cookies.get(COOKIE))


def is_chosen() -> bool:
    """Whether somebody has chosen a language in this browser, or for it."""
    return COOKIE in g or COOKIE in request.cookies


def read_in(code: str | None) -> None:
    """Show this page and all further ones in a language that was chosen elsewhere, if it is one of ours."""
    if code is not None and code in LANGUAGES:
        setattr(g, COOKIE, code)
        after_this_request(partial(_remember, code=code))


def here() -> str:
    """The page to come back to after choosing a language; an answer cannot be come back to, nor may what opens a page
    stand in another address."""
    return own_path(request.path) if request.method == "GET" and not request.path.lower().startswith(SECRET) else "/"


def own_path(path: str | None) -> str:
    """The path if it is one of this site's, else the first page: a link must not lead anyone elsewhere."""
    return path if path and OWN_PATH.fullmatch(path) else "/"


def own_address(address: str) -> str:
    """The same for an address that may have a query: where a reader goes on after signing in."""
    path, _, query = address.partition("?")
    return address if own_path(path) == path and OWN_QUERY.fullmatch(query) else "/"


@blueprint.get("/bahasa/<code>")
def choose(code: str) -> Response:
    """Remember a language and go back to where the link was."""
    if code not in LANGUAGES:
        raise NotFound
    response = _remember(current_app.make_response(redirect(own_path(request.args.get("ke")), 303)), code)
    response.headers["Cache-Control"] = "no-store"
    return response


def _remember(response: Response, code: str) -> Response:
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    response.set_cookie(COOKIE, code, max_age=YEAR, httponly=True, secure=secure, samesite="Lax")
    return response
