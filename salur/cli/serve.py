"""`python -m salur serve`: the site, beside it what reads uploads and what sends, and the bot when there is a token."""

from __future__ import annotations

import http.client
import socket
import sys
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from pathlib import Path

import click

from salur.cli.console import refuse
from salur.cli.keeping import Kept, keep_running
from salur.cli.language import say
from salur.cli.setup import set_up
from salur.cli.try_out import invite_to_try, load_sample_city, refuse_sample, refuse_to_serve_sample
from salur.config import JSON, TEXT, Settings
from salur.wiring import build

SERVER_LOGS = Path(__file__).with_name("server_logs.json")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
@click.option("--threads", default=1, show_default=True, type=click.IntRange(1, 64), help="Per worker.")
@click.option("--setup", "with_setup", is_flag=True, help="To try it out: set up first, load a sample city once.")
@click.option("--people", default=5000, show_default=True, type=click.IntRange(min=1), help="Size of the sample city.")
def serve(host: str, port: int, workers: int, threads: int, with_setup: bool, people: int) -> None:
    """Serve the site with granian and run `work` and `send` beside it; with SALUR_TELEGRAM_TOKEN set, the bot too.

    What dies is started again: a worker at once, the whole server or the bot after a second, or up to a minute while it
    keeps dying. A site that ends five times in a row and never ran for half a minute is given up, with exit code 1.
    """
    settings = Settings.from_env()
    if with_setup:
        refuse_sample(settings)
    _refuse_taken_port(host, port)
    if with_setup:
        _set_up_to_try(people)
        settings = Settings.from_env()
    _look_at_database(settings)
    kept = [Kept("site", granian(host, port, workers, threads, logs=settings.logs), needed=True)]
    kept.append(Kept("jobs", [sys.executable, "-m", "salur", "work"]))
    kept.append(Kept("sender", [sys.executable, "-m", "salur", "send"]))
    if settings.metrics_listen is not None:
        from salur.observe.folder import begin_anew  # counting imports the library its own way

        begin_anew(settings.metrics_folder)  # before anybody counts
        kept.append(Kept("metrics", [sys.executable, "-m", "salur", "metrics"]))
    if settings.telegram_token:
        kept.append(Kept("bot", [sys.executable, "-m", "salur.bot"]))
    if with_setup:
        invitation = OnceItAnswers(host, port, partial(invite_to_try, settings, f"http://{host}:{port}"))
        sys.exit(keep_running(kept, invitation.look))
    sys.exit(keep_running(kept))


class OnceItAnswers:
    """Does something once, as soon as the site says that it is well: who reads an address opens it at once."""

    def __init__(self, host: str, port: int, do: Callable[[], None]) -> None:
        # What listens everywhere is asked on this machine.
        self._address = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host), port  # noqa: S104
        self._do: Callable[[], None] | None = do

    def look(self) -> None:
        """Ask, unless it was done before."""
        if self._do is not None and self._answers():
            do, self._do = self._do, None
            do()

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection(*self._address, timeout=1)
        try:
            connection.request("GET", "/readyz", headers={"Host": "localhost"})
            return connection.getresponse().status == HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


def _set_up_to_try(people: int) -> None:
    """Set up and load the sample city. Ctrl-C stops it without fright: the next time it goes on from there."""
    try:
        services = set_up()
        load_sample_city(services, people)
        services.database.dispose()
    except KeyboardInterrupt:
        click.echo(say("Dihentikan sebelum selesai. Jalankan lagi perintah yang sama: diteruskan dari sini."), err=True)
        sys.exit(0)


def _look_at_database(settings: Settings) -> None:
    services = build(settings, patient=True)
    try:
        services.database.ping()
        refuse_to_serve_sample(services)
    finally:
        services.database.dispose()


def granian(host: str, port: int, workers: int, threads: int, *, logs: str = TEXT) -> list[str]:
    """The command that serves the site; `logs` is the form of what the server itself has to say."""
    form = [f"--log-config={SERVER_LOGS}"] if logs == JSON else []
    return [
        sys.executable,
        "-m",
        "granian",
        "wsgi:app",
        "--interface=wsgi",
        f"--host={host}",
        f"--port={port}",
        f"--workers={workers}",
        f"--blocking-threads={threads}",
        "--respawn-failed-workers",  # at once; one that dies again within 5.5 s ends granian, and that is started anew
        "--workers-kill-timeout=3",
        "--no-access-log",
        "--log-level=warning",
        *form,
    ]


def _refuse_taken_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            refuse(
                say(
                    "Port {port} sudah dipakai. Apakah Salur sudah berjalan? Kalau tidak, pilih --port lain.",
                    port=port,
                )
            )
