"""The same question, answered by an application that is put together from the usual extensions.

A form of Flask-WTF, a ceiling of Flask-Limiter, models of Flask-SQLAlchemy, names sealed by Fernet and compared by
rapidfuzz, tries counted before anything is compared, each look recorded, a page of Jinja, compressed by Flask-Compress.
Written as its documentation shows it, and not slower than that: all that is shown is loaded in one statement.
"""

from __future__ import annotations

import datetime as dt
import os

from flask import Flask, render_template, request
from flask_compress import Compress
from flask_limiter import Limiter
from flask_wtf import FlaskForm
from rapidfuzz import fuzz
from sqlalchemy import event, or_, select
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.pool import ConnectionPoolEntry
from werkzeug.middleware.proxy_fix import ProxyFix
from wtforms import StringField
from wtforms.validators import DataRequired, Length, Regexp

from bench.peers.tables import DATABASE, Entitlement, Look, Person, Tally, db, fernet, index_of

MISSES_OF_ONE, MISSES_OF_ANYONE, MISSES_OF_AN_ASKER, RIGHTS_OF_AN_ASKER = 3, 10, 40, 2_400
DAY = dt.timedelta(days=1)
ALIKE = 85  # of 100

app = Flask(__name__)
app.wsgi_app = ProxyFix(app.wsgi_app)  # type: ignore[method-assign]
app.config.update(
    SECRET_KEY="bench" * 10,
    SQLALCHEMY_DATABASE_URI=f"sqlite:///{os.environ[DATABASE]}",
    WTF_CSRF_TIME_LIMIT=24 * 3600,
)
db.init_app(app)
Compress(app)
Limiter(lambda: request.remote_addr or "", app=app, default_limits=["3000 per hour"], storage_uri="memory://")
sealing = fernet()


class CheckForm(FlaskForm):
    """Number and name."""

    nomor = StringField("NIK", validators=[DataRequired(), Regexp(r"^\d{16}$")])
    nama = StringField("Nama", validators=[DataRequired(), Length(max=120)])


@app.get("/")
def first() -> str:
    """The form."""
    return render_template("check.html", form=CheckForm())


@app.post("/cek")
def check() -> tuple[str, int] | str:
    """Answer it."""
    form = CheckForm()
    if not form.validate_on_submit():
        return render_template("check.html", form=form), 422
    number, who = index_of(form.nomor.data), index_of(request.remote_addr or "")
    tallies = [_tally(key) for key in (index_of(f"{who!r}{number!r}"), number, index_of(f"miss{who!r}"))]
    rights = _tally(index_of(f"right{who!r}"))
    limits = (MISSES_OF_ONE, MISSES_OF_ANYONE, MISSES_OF_AN_ASKER)
    if (
        any(tally.tries >= most for tally, most in zip(tallies, limits, strict=True))
        or rights.tries >= RIGHTS_OF_AN_ASKER
    ):
        return render_template("check.html", form=form, closed=True), 429
    for tally in tallies:
        tally.tries += 1
    shown = joinedload(Person.place), selectinload(Person.entitlements).joinedload(Entitlement.programme)
    found = select(Person).where(or_(Person.number == number, Person.family == number)).options(*shown)
    typed = form.nama.data.upper()
    people = [
        person
        for person in db.session.scalars(found)
        if fuzz.token_sort_ratio(sealing.decrypt(person.name).decode(), typed) >= ALIKE
    ]
    if not people:
        db.session.commit()
        return render_template("check.html", form=form, missed=True)
    for tally in tallies:
        tally.tries -= 1
    rights.tries += 1
    now = dt.datetime.now(dt.UTC)
    db.session.add_all([Look(person_id=person.id, at=now, asker=who) for person in people])
    page = render_template("answer.html", people=people, form=form)
    db.session.commit()
    return page


def _tally(key: bytes) -> Tally:
    """How often it was tried since yesterday."""
    now = dt.datetime.now()  # noqa: DTZ005  (as the column keeps it)
    tally = db.session.get(Tally, key)
    if tally is None:
        tally = Tally(key=key, tries=0, since=now)
        db.session.add(tally)
    elif now - tally.since > DAY:
        tally.tries, tally.since = 0, now
    return tally


with app.app_context():

    @event.listens_for(db.engine, "connect")
    def prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        """As Salur has it, so that no writer waits for a disk."""
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=10000"):
            connection.cursor().execute(f"PRAGMA {pragma}")
