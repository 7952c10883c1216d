"""`python -m salur metrics`: tells Prometheus how Salur is doing, on a port of its own."""

from __future__ import annotations

import signal

import click

from salur.config import Settings
from salur.logs import write
from salur.wiring import build


@click.command()
def metrics() -> None:
    """Serve the figures of all processes of this machine at SALUR_METRICS_PORT. `serve` runs it beside the site."""
    settings = Settings.from_env()
    from salur.observe.exporter import serve  # counting imports the library its own way

    services = build(settings)
    write(settings.logs)
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    signal.pthread_sigmask(signal.SIG_BLOCK, numbers)
    server = serve(services)
    signal.sigwait(numbers)
    server.shutdown()
    services.database.dispose()
