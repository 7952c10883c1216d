"""Make the site: `create_app(services)` puts routes, limits, guards and refusals around the services."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from salur import words
from salur.core.regions import time_zone
from salur.web import (
    account_pages,
    accounts,
    chat_link_pages,
    circulars,
    compression,
    doubles,
    guard,
    headers,
    health,
    inbox,
    information,
    limits,
    locale,
    marks,
    my_data,
    neighbourhood,
    origin,
    proposals,
    public,
    public_circulars,
    refusals,
    signing,
    uploads,
)
from salur.web.markup import rich
from salur.web.sessions import Sessions
from salur.web.stylesheet import OFFICERS, Stylesheet
from salur.web.templating import SpokenEnvironment, Templates

if TYPE_CHECKING:
    from salur.config import Settings
    from salur.wiring import Services

# What has pages. Those of officers are guarded as a whole, each in its own module.
ROOMS = (
    public,
    information,
    locale,
    health,
    signing,
    account_pages,
    accounts,
    chat_link_pages,
    my_data,
    neighbourhood,
    proposals,
    inbox,
    public_circulars,
    circulars,
    marks,
    doubles,
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
    app.session_interface = Sessions(app)
    _prepare_templates(app, settings)
    for room in ROOMS:
        app.register_blueprint(room.blueprint)
    # Each of these adds a hook; requests pass them in this order, responses in the reverse.
    compression.install(app)
    headers.install(app, https=settings.https)
    limits.install(app, settings)
    origin.install(app, settings.public_url)
    uploads.install(app)
    CSRFProtect(app)
    guard.install(app)
    refusals.install(app)
    if settings.trusted_proxies:
        n = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=n, x_proto=n, x_host=n)  # type: ignore[method-assign]
    return app


def _config(settings: Settings) -> dict[str, object]:
    """Flask's settings. The session cookie holds the form token's other half, and an officer's random sign-in token."""
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
    """Give every template the words and the stylesheet's address, and make them speak each language."""
    sheet = Stylesheet.read(app.static_folder or "")
    sheet.serve(app)
    officers_sheet = Stylesheet.read(app.static_folder or "", OFFICERS)
    officers_sheet.serve(app, "office_stylesheet")
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    zone = time_zone(settings.city)
    app.jinja_env.filters["rich"] = rich
    app.jinja_env.filters["local"] = lambda moment: moment.astimezone(zone)
    names: dict[str, object] = {
        "words": words,
        "stylesheet": sheet.url,
        "office_stylesheet": officers_sheet.url,
        "telegram_name": settings.telegram_name.lstrip("@"),
    }
    app.jinja_env.globals.update(names)
    app.extensions["salur_templates"] = Templates(app)
