"""`python -m salur keys …`: the keys that seal personal data."""

from __future__ import annotations

from pathlib import Path

import click

from salur.cli.console import answer, as_json, progress, with_services
from salur.cli.language import say, words
from salur.config import Settings
from salur.core.storage.keys import KeyFile
from salur.wiring import Services
from salur.words.lists.counts import number


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
    told = say(
        "Kunci sudah dibuat. Simpan salinannya terpisah dari basis data: tanpa kunci, tidak ada yang dapat dibuka."
    )
    click.echo(told)


@keys.command("rotate")
@as_json
@with_services
def rotate(services: Services, as_json: bool) -> None:
    """Seal everything with a new key, while the site answers. If stopped, run it again: it goes on."""
    with progress(say("Menyegel"), services.rotation.to_do()) as done:
        rotated = services.rotation.rotate(progress=done)
    told = say(
        "{jumlah} baris disegel dengan kunci {kunci}. Untuk membuang kunci lama: {perintah}",
        jumlah=number(words(), rotated.rows),
        kunci=rotated.key,
        perintah="keys retire",
    )
    answer(rotated, [told], for_programs=as_json)


@keys.command("retire")
@as_json
@with_services
def retire(services: Services, as_json: bool) -> None:
    """Drop old keys from the file, once nothing is sealed with them. Backups from before need the old file."""
    dropped = services.rotation.retire()
    answer({"dropped": dropped}, [say("{jumlah} kunci lama dibuang.", jumlah=dropped)], for_programs=as_json)
