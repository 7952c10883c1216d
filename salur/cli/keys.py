"""`python -m salur keys …`: the keys that seal personal data."""

from __future__ import annotations

from pathlib import Path

import click

from salur.cli.console import answer, as_json, progress, with_services
from salur.config import Settings
from salur.core.vault import KeyFile
from salur.wiring import Services


@click.group()
def keys() -> None:
    """Make and change the keys that seal personal data."""


@keys.command("new")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Default: SALUR_KEYS_FILE.")
def new(out: Path | None) -> None:
    """Make a key file, mode 0600. Never over an existing one: what it sealed could not be opened again."""
    path = out or Path(Settings.from_env().keys_file)
    path.parent.mkdir(parents=True, exist_ok=True)
    KeyFile.new().write(path)
    click.echo("Keys made. Keep a copy apart from the database: without it nothing can be opened.")


@keys.command("rotate")
@as_json
@with_services
def rotate(services: Services, as_json: bool) -> None:
    """Seal everything with a new key, while the site answers. If stopped, run it again: it goes on."""
    with progress("Sealing", services.rotation.to_do()) as done:
        rotated = services.rotation.rotate(progress=done)
    answer(
        rotated,
        [f"{rotated.rows:,} rows are sealed with key {rotated.key}. To forget the old keys: keys retire."],
        for_programs=as_json,
    )


@keys.command("retire")
@as_json
@with_services
def retire(services: Services, as_json: bool) -> None:
    """Drop old keys from the file, once nothing is sealed with them. Backups from before need the old file."""
    dropped = services.rotation.retire()
    answer({"dropped": dropped}, [f"{dropped} old keys dropped."], for_programs=as_json)
