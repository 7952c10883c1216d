"""Whole stories at both doors with everything logged that anybody would log: no line tells of whom, or from where."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from structlog.stdlib import ProcessorFormatter

from salur.core.officers.roles import Role
from salur.logs import LIBRARIES, lines, write
from salur.web.app import create_app
from salur.wiring import Services
from tests.bot.running import RunningBot, telegram_of
from tests.botapi.server import BotApiServer
from tests.fixtures.office import Office, Recipient, a_nik
from tests.fixtures.officers import PASSWORD, Heads, SignedIn
from tests.fixtures.proposals import Chain
from tests.journeys.test_proposing import CODE, NAME, AtTheSite, InTheChat
from tests.web.conftest import TOKEN, Visitor

ADDRESS = "203.0.113.41"
SECRET_TOKEN = "a-token-that-nobody-may-read"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One kind of database: what is logged is the same."""
    return sqlite_url


class Log:
    """Everything that was written, as lines of JSON."""

    def __init__(self, stream: io.StringIO, capsys: pytest.CaptureFixture[str]) -> None:
        self._stream, self._capsys = stream, capsys

    @property
    def text(self) -> str:
        """All of it, the lines of requests at the end."""
        self._stream.write(self._capsys.readouterr().err)
        return self._stream.getvalue()

    @property
    def events(self) -> list[dict[str, object]]:
        """Line by line."""
        return [json.loads(line) for line in self.text.splitlines()]


@pytest.fixture
def log(services: Services, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Log]:
    """As in production, but with all loggers at DEBUG, those of libraries too, and SQLAlchemy told to show rows."""
    stream = io.StringIO()
    handler, root = logging.StreamHandler(stream), logging.getLogger()
    handler.setFormatter(lines("json"))
    every = [root, *map(logging.getLogger, (*LIBRARIES, *root.manager.loggerDict))]
    before = [(logger, logger.level) for logger in every]
    for logger in every:
        logger.setLevel(logging.DEBUG)
    root.addHandler(handler)
    # To show rows SQLAlchemy adds a handler of its own, which would outlive this story.
    monkeypatch.setattr(logging.getLogger("sqlalchemy.engine.Engine"), "handlers", [logging.NullHandler()])
    services.database.engine.echo = "debug"
    yield Log(stream, capsys)
    services.database.engine.echo = False
    root.removeHandler(handler)
    for logger, level in before:
        logger.setLevel(level)


@pytest.fixture
def site(services: Services) -> Flask:
    """The site as it is in production, with a line for each request."""
    return create_app(replace(services, settings=replace(services.settings, logs="json", trusted_proxies=1)))


def test_no_line_tells_of_whom_or_from_where(
    log: Log,
    site: Flask,
    services: Services,
    telegram: BotApiServer,
    office: Office,
    heads: Heads,
    chain: Chain,
    signed_in: Callable[..., SignedIn],
) -> None:
    mother, new, newer = Recipient(name="SITI MAESAROH"), a_nik(), a_nik()
    office.publishes(mother)
    phone = Visitor(site)
    tokens = {phone.token()}
    for name in ("Siti Maesaroh", "Budi Santoso", "Budi Santoso", "Budi Santoso", "Budi Santoso"):
        tokens.add(phone.token())
        phone.asks(mother.nik, name, headers={"X-Forwarded-For": ADDRESS})
    sender = AtTheSite(site)
    ticket = CODE.search(sender.proposes(new))
    assert ticket
    sender.looks(ticket[1], NAME)
    sender.reports()

    desk = signed_in(heads.create(Role.DINSOS), site)
    tokens |= {desk.token, desk.form_token()}
    for page in (
        "/petugas",
        "/loket",
        "/kantor/daftar",
        "/wilayah",
        "/kotak",
        "/kantor/catatan",
        f"/nichts/{mother.nik}",
    ):
        desk.opens(page)
    assert "terdaftar" in desk.posts("/loket", nomor=mother.nik, nama="siti maesaroh").text
    entrance = phone.opens("/masuk").text
    found = TOKEN.search(entrance)
    assert found
    head = heads.create(Role.RW)
    for password in ("salah-sekali", PASSWORD):
        phone.client.post("/masuk", data={"csrf_token": found[1], "username": head.username, "password": password})

    with RunningBot(telegram_of(services, telegram)):
        chat = telegram.private_chat(first_name="Dewi Lestari")
        for said in (mother.nik, "Siti Maesaroh", mother.nik, "Budi Santoso", f"/hubungkan {SECRET_TOKEN[:9]}"):
            chat.says(said)
            chat.expects_reply()
        InTheChat(telegram).proposes(newer)

    secrets = {"SITI", "Maesaroh", "MAESAROH", "maesaroh", "Budi", "Santoso", *NAME.split(), "Dewi", "Lestari", ADDRESS}
    secrets |= {
        mother.nik,
        mother.kk,
        new,
        newer,
        ticket[1],
        telegram.token,
        PASSWORD,
        head.username,
        "salah-sekali",
        "Tegal Gundil",
    }
    secrets |= {"203.0.113.", "Suami tidak bekerja", *tokens, *(str(one.id) for one in telegram.chats)}
    secrets |= {cookie.value for jar in (phone.client, desk.client) if (cookie := jar.get_cookie("salur"))}
    assert {secret for secret in secrets if secret in log.text} == set()
    events = log.events
    assert {str(event["logger"]).partition(".")[0] for event in events} >= {"salur", "sqlalchemy", "httpx", "telegram"}
    asked = [event for event in events if event.get("endpoint") == "public.check"]
    assert [event["status"] for event in asked] == [303] * 5
    assert {event["event"] for event in asked} == {"answered"}
    assert len({event["request"] for event in asked}) == 5
    assert any(str(event.get("request", "")).startswith("update-") for event in events)


def test_who_meets_a_fault_is_given_a_code_by_which_the_office_finds_what_it_was(
    log: Log, site: Flask, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise ValueError(f"no such thing as {NAME}")

    monkeypatch.setattr(type(services.asking), "find", breaks)
    given = "0123456789abcdef0123456789abcdef"
    phone = Visitor(site)
    page = phone.asks(a_nik(), NAME, headers={"X-Request-ID": given})
    assert (page.status_code, page.headers["X-Request-ID"]) == (500, given)
    assert f"Kode kejadian {given[:8]}:" in page.text
    found = [event for event in log.events if event.get("request") == given]
    assert [event["level"] for event in found if str(event["logger"]).startswith("salur")] == ["error", "info"]
    assert "ValueError" in str(found)
    assert NAME not in log.text


@pytest.mark.parametrize(
    "told", ["", "3271055505800001", "Siti", "x" * 32, "0123456789ABCDEF0123456789ABCDEF", "a" * 33, "1\r\nX: y"]
)
def test_a_name_that_no_proxy_would_make_is_not_taken(site: Flask, told: str) -> None:
    """What a visitor writes there would else stand in the log: a number, or a line of their own."""
    response = site.test_client().get("/healthz", environ_base={"HTTP_X_REQUEST_ID": told})
    name = response.headers["X-Request-ID"]
    assert len(name) == 16
    assert name != told


def test_where_no_proxy_is_trusted_none_is_believed(app: Flask) -> None:
    given = "0123456789abcdef0123456789abcdef"
    assert app.test_client().get("/healthz", headers={"X-Request-ID": given}).headers["X-Request-ID"] != given


@pytest.mark.parametrize("form", ["json", "text"])
def test_of_an_error_only_its_kind_and_its_way_are_told(
    form: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = logging.getLogger()
    levels = root.level, logging.getLogger("salur").level
    write(form)
    write(form)
    try:
        raise_from(NAME)
    except RuntimeError:
        logging.getLogger("flask.app").exception("it broke: %s", "here", stack_info=True)
    told = capsys.readouterr().err
    root.handlers = [one for one in root.handlers if not isinstance(one.formatter, ProcessorFormatter)]
    root.setLevel(levels[0])
    logging.getLogger("salur").setLevel(levels[1])
    assert len(told.splitlines()) == 1
    for word in ("it broke: here", "RuntimeError", "KeyError", "test_log_lines.py", "raise_from"):
        assert word in told
    assert NAME not in told


def raise_from(value: str) -> None:
    name = value  # which a trace with its variables would show
    try:
        {"": ""}[name]
    except KeyError as error:
        raise RuntimeError(name) from error


def test_a_page_goes_out_though_its_line_can_be_written_nowhere(site: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a disk that is full a database on another machine still takes what has to be written."""
    with io.TextIOWrapper(io.FileIO("/dev/full", "w"), write_through=True) as full:
        with pytest.raises(OSError, match="No space left"):
            full.write("nothing is written here")
        monkeypatch.setattr("sys.stderr", full)
        assert Visitor(site).opens("/").status_code == 200
        monkeypatch.undo()
