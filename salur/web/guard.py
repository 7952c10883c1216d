"""Who may come in: everything for officers is shut unless a sign-in with the right role opens it.

A blueprint is guarded as a whole, a single view may be narrowed further. What a role may *see* is bounded elsewhere
(core/officers/scope.py): the guard only says which pages it may open. A test walks the map of addresses and finds any
that is neither public nor guarded.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import ParamSpec, TypeVar, cast
from urllib.parse import quote

from flask import Blueprint, Flask, Response, after_this_request, current_app, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from werkzeug.exceptions import BadRequest, Forbidden

from salur.core.officers.roles import Officer, Role
from salur.web import locale
from salur.web.context import services, show


class NotForThisRole(Forbidden):
    """Signed in, but the page is for another role."""


P = ParamSpec("P")
R = TypeVar("R")
# The cookie of a browser that was in before: sent to the pages of signing in alone, for a year.
MARK, MARK_PATH, MARK_KEPT = "salur-perangkat", "/masuk", timedelta(days=365)
FIRST_PAGE = "/petugas"
BACK = "kembali"  # where to go after signing in; an address of our own
ROLES_OF: dict[str, frozenset[Role]] = {}  # blueprint -> who may come in
ROLES_OF_VIEW: dict[str, frozenset[Role]] = {}  # view's function -> who may, where that is narrower


class SignedIn(UserMixin):
    """Flask-Login's idea of a user: one sign-in. Its id is the random token that the cookie holds."""

    def __init__(self, token: str, who: Officer) -> None:
        self.token = token
        self.officer = who

    def get_id(self) -> str:
        """The token: a row in the database, which can be ended from elsewhere."""
        return self.token


def install(app: Flask) -> None:
    """Let Flask-Login find out, for pages that ask, who is signed in."""
    # Sign-ins are bound to a row that ends after half an hour; the library's own binding to the browser adds nothing.
    app.config["SESSION_PROTECTION"] = None
    logins = LoginManager(app)
    logins.user_loader(_load)


def _load(token: str) -> SignedIn | None:
    who = services().sign_ins.officer_of(token)
    return SignedIn(token, who) if who is not None else None


def let_in(token: str) -> None:
    """Remember a sign-in in the cookie. Whatever the cookie held before is gone, the form token included."""
    who = services().sign_ins.officer_of(token)
    assert who is not None, "a sign-in that was just made"
    session.clear()
    login_user(SignedIn(token, who))
    session.pop("_id", None)  # the library's digest of address and browser: not needed, so not kept
    mark = services().sign_ins.mark(token)

    @after_this_request
    def leave_mark(response: Response) -> Response:
        https = services().settings.https
        response.set_cookie(
            MARK, mark, max_age=MARK_KEPT, path=MARK_PATH, secure=https, httponly=True, samesite="Strict"
        )
        return response


def mark_here() -> str:
    """By which this browser is known, if an officer was signed in in it before. It shortens waits and opens nothing."""
    return request.cookies.get(MARK, "")


def let_out() -> None:
    """End the sign-in and forget it."""
    if (token := token_here()) is not None:
        services().sign_ins.leave(token)
    logout_user()
    session.clear()


def officer() -> Officer:
    """Who is signed in, in a guarded view."""
    return cast("Officer", current_user.officer)


def officer_or_none() -> Officer | None:
    """Who is signed in, on a page that is for everybody."""
    # Without a sign-in in the cookie nobody is asked for: public pages stay free of the database.
    return officer() if "_user_id" in session and current_user.is_authenticated else None


def token_here() -> str | None:
    """The token of this very sign-in."""
    return current_user.get_id() if current_user.is_authenticated else None


def guarded(blueprint: Blueprint, *roles: Role) -> Blueprint:
    """Shut a whole blueprint to everyone but these roles (none named: any officer)."""
    ROLES_OF[blueprint.name] = frozenset(roles or Role)

    @blueprint.before_request
    def check() -> ResponseReturnValue | None:
        refuse_nul()
        if not current_user.is_authenticated:
            return to_sign_in()
        if officer().role not in ROLES_OF[blueprint.name]:
            raise NotForThisRole
        return None

    return blueprint


def refuse_nul() -> None:
    """No person types a NUL, and PostgreSQL takes none. Raises BadRequest."""
    typed = [value for fields in (request.args, request.form) for value in fields.values()]
    if any("\0" in value for value in typed):
        raise BadRequest


def only(*roles: Role) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Narrow one view of a guarded blueprint to these roles."""

    def narrow(view: Callable[P, R]) -> Callable[P, R]:
        ROLES_OF_VIEW[view.__name__] = frozenset(roles)

        @wraps(view)
        def narrowed(*args: P.args, **kwargs: P.kwargs) -> R:
            if officer().role not in roles:
                raise NotForThisRole
            return view(*args, **kwargs)

        return narrowed

    return narrow


def to_sign_in() -> Response:
    """To the sign-in page, and back here afterwards where the address can be come back to."""
    had_one = session.pop("_user_id", None) is not None
    target = f"/masuk?{BACK}={quote(locale.own_address(_address_here()))}" + ("&habis=1" if had_one else "")
    return cast("Response", redirect(target, 303))


def _address_here() -> str:
    """This page, or where its form stands; the first page for what can only be sent."""
    if request.method == "GET":
        return request.full_path.rstrip("?")
    has_page = current_app.url_map.bind("").test(request.path, "GET")
    return request.path if has_page else FIRST_PAGE


def show_office(template: str, status: int = 200, **values: object) -> Response:
    """Render a page for officers, with what its frame needs; `here`: where it stands, if it is shown after a form."""
    return show(template, status, **{"officer": officer(), "here": locale.here(), **values})
