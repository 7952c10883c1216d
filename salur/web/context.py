"""What every view needs at hand: the services, the visitor, a page shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import Response, current_app, request, session

from salur.core.errors import DatabaseAway, Refused
from salur.core.limits.asker import Asker
from salur.web import locale
from salur.web.http.compression import accepted
from salur.web.http.signing import SENDER
from salur.web.rendering.fixed import Fixed

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

    from salur.web.http.signing import FormTokens
    from salur.web.rendering.templating import Templates
    from salur.wiring import Services


CHAT = "obrolan"  # in the session of who came from a chat: its pass, be it over or not
LAST_PAGE = 100_000  # more than any list has
LARGEST_ID = 2_147_483_647  # that a counting column of the database holds
ROW_ID = "int(max=9223372036854775807)"  # in an address: the largest id that a column holds whose ids are handed out


def services() -> Services:
    """The services this application was made with."""
    return cast("Services", current_app.extensions["salur"])


def visitor() -> Asker:
    """Who asks: the chat that the page was opened from, else the address."""
    return chat_here() or address_here()


def chat_here() -> Asker | None:
    """The chat that this browser was opened from, for a quarter of an hour."""
    if CHAT not in session:
        return None
    try:
        return services().launches.asker(session[CHAT], mark=session.get(SENDER, ""))
    except Refused:
        return None


def address_here() -> Asker:
    """Who asks, by network address, and their browser; a server on a Unix socket knows none, and then all are one."""
    mark = session.get(SENDER, "")
    try:
        return Asker.address(request.remote_addr or "", mark=mark)
    except ValueError:
        return Asker.address("0.0.0.0", mark=mark)  # noqa: S104  (an address to count by, not one to bind)


def number_asked(name: str, default: int, *, most: int) -> int:
    """A number from the default to `most` in the address; the default for anything that is none."""
    asked = request.args.get(name, "")
    return min(max(int(asked), default), most) if asked.isascii() and asked.isdigit() and len(asked) < 10 else default


def page_asked() -> int:
    """The page of a list (`hal`); the first one for anything that is no number."""
    return number_asked("hal", 1, most=LAST_PAGE)


def show(template: str, status: int = 200, **values: object) -> Response:
    """Render a page that must not be kept: it is about a person, or holds the form."""
    response = Response(_rendered(template, values), status)
    response.headers["Cache-Control"] = "no-store"
    return response


def show_form(template: str, kind: str, **values: object) -> Response:
    """Render a page that is the same for all who read its language, but for the token of its form.

    `kind` tells apart what is shown with other `values`.
    """
    kept, token = templates().fixed, form_token()
    key = (template, kind, *around())
    if (page := kept.find(key)) is None:
        page = kept.keep(key, Fixed(_rendered(template, values), [token]))
    return page.respond([token], packed=accepted())


def show_to_many(
    template: str, shown: Hashable, own: Mapping[str, str], values: Callable[[], dict[str, object]]
) -> Response | None:
    """Show a page that many see alike, made for the second who asks for it; None before.

    `shown` is all that it says; `own` is each reader's, by the mark that stands for it in `values`.
    """
    kept, key = templates().alike, (template, shown, *around())
    if (page := kept.find(key)) is None:
        if not kept.asked_before(key):
            return None
        page = kept.keep(key, Fixed(_rendered(template, values()), [*own]))
    return page.respond([*own.values()], packed=accepted())


def form_token() -> str:
    """The token of this request's forms."""
    return cast("FormTokens", current_app.jinja_env.globals["csrf_token"])()


def templates() -> Templates:
    """The templates of this application."""
    return cast("Templates", current_app.extensions["salur_templates"])


def around() -> tuple[object, ...]:
    """What the frame of a page goes by: language, address, whether one is signed in, or came from a chat, the city."""
    return locale.say().code, locale.here(), "_user_id" in session, CHAT in session, services().city.now().city_name


def _rendered(template: str, values: dict[str, object]) -> str:
    """In the reader's language. Without Flask's context processors: what a template needs is handed to it."""
    say = locale.say()
    # Of a sign-in that is over the guard takes this out of the cookie: no public page asks the database for it.
    city = services().city.now().city_name
    whose = {"signed_in": "_user_id" in session, "in_telegram": CHAT in session}
    frame = templates().frame(say, locale.here(), **whose, city=city)
    return templates().get(template, say).render(values, say=say, plural=say.plural, frame=frame)


def humans() -> dict[str, object]:
    """For a page where somebody is stuck: the office of Dinas Sosial, and whether any of kelurahan is known."""
    known = services().offices
    try:
        nearer = known.any_inside(services().settings.city)
    except DatabaseAway:  # then a standby has answered
        nearer = False
    return {"dinsos": known.dinsos, "kelurahan_offices": nearer}


def show_public(template: str, **values: object) -> Response:
    """Render a page that is the same for all who read its language: kept, and asked about again with its tag."""
    response = Response(_rendered(template, values))
    response.headers["Cache-Control"] = "private, no-cache"
    response.vary.add("Cookie")
    response.add_etag(weak=True)
    response.make_conditional(request)
    return response
