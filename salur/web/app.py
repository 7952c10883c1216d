"""Make the site: `create_app(services)` puts routes, limits, guards and refusals around the services."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Flask
from flask_wtf.csrf import CSRFProtect

from salur.core.happenings import Part
from salur.observe.counting import begin
from salur.web import counter, doubles, guard, guides, health, information, locale, privacy, refusals
from salur.web.casework import pages as casework
from salur.web.circulars import inbox as circulars
from salur.web.circulars import public as public_circulars
from salur.web.figures import public as figures
from salur.web.figures import within
from salur.web.following import calendar as followed_calendar
from salur.web.following import home_screen
from salur.web.following import pages as following
from salur.web.following import push as followed_phone
from salur.web.http import compression, headers, limits, origin, uploads, watched
from salur.web.http.forwarded import behind_proxies
from salur.web.http.sessions import Sessions
from salur.web.http.signing import FormTokens
from salur.web.letters import desk as letter_desk
from salur.web.letters import families as family_letters
from salur.web.letters import handing, withheld
from salur.web.letters import public as letters
from salur.web.lookup import first_page, launch
from salur.web.lookup import pages as lookup
from salur.web.marks import pages as marks
from salur.web.neighbourhood import pages as neighbourhood
from salur.web.officers import chat_link, home, invitations, own_account, rollout, sign_in
from salur.web.operators import accounts as account_desk
from salur.web.operators import home as desk_home
from salur.web.operators import payments as payment_desk
from salur.web.operators import programmes as programme_desk
from salur.web.operators import record as city_record
from salur.web.operators import settings as city_settings
from salur.web.operators import waiting as waiting_desk
from salur.web.operators.lists import comparing as list_comparing
from salur.web.operators.lists import desk as list_desk
from salur.web.operators.lists import files as list_files
from salur.web.operators.lists import people as list_people
from salur.web.planning import places as places_desk
from salur.web.planning import sittings as sittings_desk
from salur.web.planning import uploads as schedule_files
from salur.web.plans import drafts as plan_drafts
from salur.web.plans import pages as plans_desk
from salur.web.plans import spots as spots_desk
from salur.web.proposals import pages as proposals
from salur.web.rendering.assets import ASSETS, Asset
from salur.web.rendering.drawings import drawing
from salur.web.rendering.markup import rich
from salur.web.rendering.templating import SpokenEnvironment, Templates
from salur.web.rendering.vocabulary import WORDS

if TYPE_CHECKING:
    from salur.config import Settings
    from salur.wiring import Services
from salur.web import payouts, posters

# What has pages. Those of officers are guarded as a whole, each in its own module.
ROOMS = (
    lookup,
    launch,
    following,
    followed_calendar,
    followed_phone,
    home_screen,
    information,
    guides,
    payouts,
    posters,
    locale,
    health,
    sign_in,
    home,
    own_account,
    invitations,
    rollout,
    chat_link,
    privacy,
    figures,
    within,
    neighbourhood,
    proposals,
    casework,
    public_circulars,
    circulars,
    marks,
    doubles,
    counter,
    desk_home,
    list_files,
    list_people,
    list_desk,
    list_comparing,
    account_desk,
    city_record,
    city_settings,
    places_desk,
    sittings_desk,
    schedule_files,
    plans_desk,
    plan_drafts,
    spots_desk,
    payment_desk,
    programme_desk,
    waiting_desk,
    letters,
    letter_desk,
    family_letters,
    handing,
    withheld,
)
BODY_LIMIT = 16 * 1024  # bytes; forms have a few short fields, and those with files have limits of their own
FORM_PARTS = 40
TOKEN_HOURS = 24  # a form left open overnight still works; an older one is shown again, filled in
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")  # health checks on the machine itself


def create_app(services: Services) -> Flask:
    """Make the WSGI application. Opens no connection; safe to call more than once, as tests do."""
    settings = services.settings
    app = Flask("salur.web")
    app.jinja_environment = SpokenEnvironment
    app.extensions["salur"] = services
    app.config.update(_config(settings))
    app.session_interface = Sessions(settings.secret_key)
    _prepare_templates(app, settings)
    for room in ROOMS:
        app.register_blueprint(room.blueprint)
    # Each of these adds a hook; requests pass them in this order, responses in the reverse.
    compression.install(app)
    tokens = FormTokens(settings.secret_key)
    first_page.install(app, limits.install(app, settings), tokens)
    headers.install(app, https=settings.https)
    origin.install(app, settings.site)
    uploads.install(app)
    CSRFProtect(app)
    # It sets its own, which makes a signer for each token.
    app.jinja_env.globals["csrf_token"] = tokens
    guard.install(app)
    refusals.install(app)
    app.wsgi_app = behind_proxies(app.wsgi_app, settings)  # type: ignore[assignment,method-assign]
    watched.install(app, settings, begin(settings, Part.SITE, services.database.connections))
    return app


def _config(settings: Settings) -> dict[str, object]:
    """Flask's settings. The session cookie holds the form token's other half, an officer's random sign-in token, and
    while they set up a second factor its secret, sealed."""
    host = urlsplit(settings.public_url).hostname
    return {
        "SECRET_KEY": settings.secret_key,
        "SESSION_COOKIE_NAME": "__Host-salur" if settings.https else "salur",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.https,
        "MAX_CONTENT_LENGTH": BODY_LIMIT,
        "MAX_FORM_MEMORY_SIZE": BODY_LIMIT,
        "MAX_FORM_PARTS": FORM_PARTS,
        "TRUSTED_HOSTS": [host, *LOOPBACK] if host else None,
        "WTF_CSRF_TIME_LIMIT": TOKEN_HOURS * 3600,
        # Our pages send no Referer (Referrer-Policy: no-referrer); `origin` checks where a form comes from instead.
        "WTF_CSRF_SSL_STRICT": False,
        "TEMPLATES_AUTO_RELOAD": False,
    }


def _prepare_templates(app: Flask, settings: Settings) -> None:
    """Give every template the words and the addresses of stylesheets and scripts, and make them speak each language."""
    assets = {name: Asset.read(app.static_folder or "", file) for name, file in ASSETS.items()}
    for name, asset in assets.items():
        asset.serve(app, name)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["rich"] = rich
    app.jinja_env.filters["local"] = lambda moment: moment.astimezone(settings.zone)
    names: dict[str, object] = {
        **{name: asset.url for name, asset in assets.items()},
        "words": WORDS,
        "drawing": drawing,
        "site": settings.site,
        "telegram_name": settings.telegram_name.lstrip("@"),
    }
    app.jinja_env.globals.update(names)
    app.extensions["salur_templates"] = Templates(app)
