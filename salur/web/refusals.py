"""Refusals that any page may meet, as pages in the reader's language, each with its status.

A subject that can show its form again, or knows more to say, handles a refusal in its own blueprint.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType

from flask import Flask, Response, request
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from salur.core.errors import DatabaseAway, NotThere, RanOut, Refused, TooManyAttempts
from salur.web.context import humans, services, show
from salur.web.guard import NotForThisRole
from salur.web.http.watched import incident
from salur.web.locale import say
from salur.words.language import N_
from salur.words.refusals import refusal

log = logging.getLogger("salur.web")
CROWDED_SECONDS = 60
AWAY_SECONDS = 120

# status -> heading and what to do. What is not here is shown as 400 when it is the visitor's, 500 when it is ours.
PAGES: Mapping[int, tuple[str, str]] = MappingProxyType(
    {
        400: (N_("Maaf, kiriman ini tidak bisa kami baca"), N_("Mulai lagi dari halaman pertama.")),
        403: (
            N_("Permintaan ini datang dari situs lain"),
            N_("Demi keamanan, Salur tidak menjawabnya. Ketik nomor dan nama di halaman Salur sendiri."),
        ),
        404: (
            N_("Halaman ini tidak ada"),
            N_("Mungkin alamatnya salah ketik, atau jadwalnya sudah lewat. Mulai lagi dari halaman pertama."),
        ),
        405: (N_("Halaman ini tidak bisa dibuka langsung"), N_("Mulai lagi dari halaman pertama.")),
        429: (
            N_("Salur sedang ramai"),
            N_("Banyak orang memakai jaringan yang sama dengan Anda. Coba lagi dalam beberapa menit."),
        ),
        500: (
            N_("Maaf, Salur sedang terganggu"),
            N_("Data Anda tidak hilang. Coba lagi dalam beberapa menit."),
        ),
        503: (
            N_("Maaf, Salur sedang terganggu"),
            N_("Data Anda tidak hilang. Coba lagi dalam beberapa menit."),
        ),
    }
)


def install(app: Flask) -> None:
    """Register the handlers; Flask picks the most specific."""
    app.register_error_handler(TooManyAttempts, too_many_attempts)
    app.register_error_handler(RateLimitExceeded, crowded)
    app.register_error_handler(CSRFError, form_expired)
    app.register_error_handler(DatabaseAway, database_away)
    app.register_error_handler(NotForThisRole, not_for_this_role)
    app.register_error_handler(NotThere, not_there)
    app.register_error_handler(Refused, refused_by_the_core)
    app.register_error_handler(HTTPException, refused)
    app.register_error_handler(Exception, our_fault)


def too_many_attempts(error: TooManyAttempts) -> Response:
    """The core's own limits: say until when, and which ways are open meanwhile."""
    if error.scope is RanOut.TICKET:  # a ticket is closed, no number
        return show_wait(error, "proposals/wait.html", N_("Tiket ini ditutup sementara"))
    closed = error.scope is not RanOut.ASKER
    heading = N_("Nomor ini ditutup sementara") if closed else N_("Terlalu banyak pertanyaan")
    return show_wait(error, "wait.html", heading, closed=closed)


def show_wait(error: TooManyAttempts, template: str, heading: str, **values: object) -> Response:
    """A page that says until when."""
    sentence = refusal(error, say(), now=datetime.now(UTC), zone=services().settings.zone)
    response = show(template, 429, heading=heading, sentence=sentence, **humans(), **values)
    response.headers["Retry-After"] = str(math.ceil(error.retry_in.total_seconds()))
    return response


def crowded(_error: RateLimitExceeded) -> Response:
    """The ceiling per network address."""
    response = _page(429)
    response.headers["Retry-After"] = str(CROWDED_SECONDS)
    return response


def form_expired(_error: CSRFError) -> Response:
    """Say how to go on. Rooms that can show the form again have a handler of their own."""
    text = N_("Halaman ini sudah terlalu lama terbuka. Kembali, muat ulang halamannya, lalu kirim lagi.")
    return show("message.html", 400, heading=N_("Maaf, belum terkirim"), text=text)


def database_away(error: DatabaseAway) -> Response:
    """It comes back by itself, mostly within minutes."""
    log.error("database away: %s", error.kind)
    response = _page(503)
    response.headers["Retry-After"] = str(AWAY_SECONDS)
    return response


def not_for_this_role(_error: NotForThisRole) -> Response:
    """Signed in, but for other work."""
    text = N_("Akun Anda untuk pekerjaan lain. Kalau ini keliru, tanyakan kepada yang mengundang Anda.")
    return show("message.html", 403, heading=N_("Halaman ini bukan untuk Anda"), text=text)


def not_there(_error: NotThere) -> Response:
    """What is not there, which looks the same as what is not yours."""
    return _page(404)


def refused_by_the_core(error: Refused) -> Response:
    """What cannot be done now."""
    return show("message.html", 409, heading=N_("Ini tidak bisa dilakukan"), text=refusal(error, say()))


def refused(error: HTTPException) -> Response | HTTPException:
    """What Flask and its router refuse; redirects pass as they are."""
    status = error.code or 500
    if status < 400:
        return error
    response = _page(status)
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            response.headers[name] = value
    return response


def our_fault(error: Exception) -> Response:
    """Anything unforeseen. Logged by kind and place; its message and variables may hold what was typed."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "nowhere"
    log.error("request failed: %s at %s, endpoint %s", type(error).__name__, where, request.endpoint)
    return _page(500)


def _page(status: int) -> Response:
    known = status if status in PAGES else 400 if status < 500 else 500
    heading, text = PAGES[known]
    code = incident() if status >= 500 else ""
    return show("message.html", status, heading=heading, text=text, incident=code)
