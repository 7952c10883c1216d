"""`python -m salur setup`: everything a machine needs before the first list."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import click

from salur.cli.console import progress
from salur.cli.language import say
from salur.config import Settings
from salur.core.storage.database import migrate
from salur.core.storage.keys import KeyFile
from salur.core.storage.vault import Vault
from salur.wiring import Services, build


@click.command()
def setup() -> None:
    """Make keys and secret, bring the database up to date, load programmes and regions. Safe to run again."""
    services = set_up()
    services.database.dispose()
    click.echo(say("Siap."))


def set_up() -> Services:
    """Do what is missing, and give the services. All that this process makes from now on is its user's alone."""
    os.umask(0o077)
    settings = Settings.from_env()
    _make_private_files(settings)
    settings = Settings.from_env()
    older = migrate(settings.database_url, Vault.from_file(settings.keys_file))
    services = build(settings, patient=True)
    leave_nothing_behind(services, older=older)
    services.programmes.load()
    services.push.make()
    if not services.regions.complete():
        services.regions.load()
    return services


def leave_nothing_behind(services: Services, *, older: bool) -> None:
    """Seal anew what an older version sealed in another way; nothing of what it kept stays in the files."""
    pending = services.rotation.pending()
    if pending:
        with progress(say("Menyegel"), pending) as done:
            services.rotation.pad(progress=done)
    if pending or older:
        services.database.rewrite()


def _make_private_files(settings: Settings) -> None:
    """Folder 0700, files 0600. Nothing that exists is touched: keys cannot be made again."""
    instance = Path(settings.instance)
    instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not Path(settings.keys_file).exists():
        KeyFile.new().write(settings.keys_file)
    secret = instance / "secret"
    if not settings.secret_key:
        secret.touch(mode=0o600)
        secret.write_text(secrets.token_urlsafe(48))
