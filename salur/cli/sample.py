"""`python -m salur sample`: write the files of an invented city, for trying Salur out and for measuring it."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import click

from salur.cli.console import progress
from salur.cli.days import Day
from salur.cli.language import say, words
from salur.cli.try_out import refuse_sample
from salur.config import Settings
from salur.sample.city import MANIFEST, Manifest, write_city
from salur.words.lists.counts import number


@click.command()
@click.option(
    "--people", type=click.IntRange(min=1), default=5000, show_default=True, help="How many people the lists name."
)
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same city.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Folder to write to; made if missing.",
)
@click.option(
    "--today",
    type=Day(),
    default=None,
    help="The day that dates are counted from.  [default: today]",
)
@click.option("--json", "as_json", is_flag=True, help="Print the manifest instead of a summary.")
def sample(people: int, seed: int, out: Path, today: date | None, as_json: bool) -> None:
    """Write messy lists, schedules and payment results of an invented city.

    The lists are in the many layouts that offices use, with a few faults on purpose. DIR/manifest.json says in which
    order to import them, and whom to ask for. Not in production, where they would lie beside real ones.
    """
    refuse_sample(Settings.from_env())
    day = today or datetime.now().astimezone().date()
    manifest = _with_progress(people, seed, out, day)
    if as_json:
        click.echo(json.dumps(manifest))
    else:
        _summary(manifest, out)


def _with_progress(people: int, seed: int, out: Path, day: date) -> Manifest:
    with progress(say("Kota contoh"), people) as done:
        return write_city(people, seed, out, today=day, progress=done)


def _summary(manifest: Manifest, out: Path) -> None:
    files = [entry["file"] for kind in ("lists", "schedules", "payments") for entry in manifest[kind]]  # type: ignore[attr-defined]
    orang = number(words(), int(str(manifest["people"])))
    told = say("{orang} orang di {jumlah} berkas: {nama}", orang=orang, jumlah=len(files), nama=", ".join(files))
    click.echo(told)
    click.echo(say("Urutan impor dan orang untuk dicoba: {berkas}", berkas=str(out / MANIFEST)))
