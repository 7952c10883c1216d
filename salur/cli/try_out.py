"""The sample city in the database, and whom to ask for: what `make run` shows a newcomer."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from salur.cli.console import progress
from salur.cli.lists import import_list
from salur.cli.sample_offices import NAME, WAY_IN, offices, open_offices
from salur.config import Settings
from salur.core.errors import Refused
from salur.core.imports import ListFacts
from salur.core.regions import time_zone
from salur.intake import read_payments, read_schedule
from salur.sample.city import MANIFEST, write_city
from salur.wiring import Services

SEED = 1
LOADED = "loaded"  # a mark beside the files: everything is in the database
TO_TRY = {
    "listed_coming": "on a list, the payout is still to come",
    "paid": "on a list, already paid",
    "taken_off": "taken off the list",
    "nobody": "on no list",
}


def load_sample_city(services: Services, people: int) -> None:
    """Make the sample city and import it, once; stopped half-way, it goes on the next time. Never beside real lists."""
    folder = _folder(services.settings)
    if (folder / LOADED).exists() or (not folder.exists() and services.lists.all()):
        return
    manifest = _city(folder, people, services.settings.city)
    for entry in manifest["lists"]:
        _import(services, folder, entry)
    for entry in manifest["schedules"]:
        draft = read_schedule(folder / entry["file"])
        services.schedules.add(draft.sessions)
    for entry in manifest["payments"]:
        draft_payments = read_payments(folder / entry["file"])
        services.payments.record(draft_payments.payments, programme=entry["programme"], period=entry["period"])
    open_offices(services, folder, manifest)
    (folder / LOADED).touch(mode=0o600)


def invite_to_try(settings: Settings, address: str) -> None:
    """Say where the site is and whom to ask for."""
    manifest = _folder(settings) / MANIFEST
    click.echo(f"\nSalur is at {address}\n")
    if not manifest.exists():
        return
    city = json.loads(manifest.read_text("utf-8"))
    people = city["try"]
    click.echo("Invented people to try:\n")
    for key, words in TO_TRY.items():
        person = people[key]
        click.echo(f"  {person['nik']}  {person['name']:28} {words}")
    first = people["listed_coming"]
    others = (("kk", "KK number"), ("letter_code", "letter code"))
    more = [f"{name} {first[key]}" for key, name in others if first.get(key)]
    click.echo(f"\nThe first one also by {' or '.join(more)}.")
    password = _folder(settings) / WAY_IN
    if password.exists():
        click.echo(f"\nOfficers sign in at {address}/masuk, all with the password {password.read_text()}\n")
        click.echo("  " + ", ".join(NAME.format(role=role) for role in offices(city)))
        click.echo("\ncoba.dinsos has to set up a second factor first.")
    click.echo("\nStop with Ctrl-C.\n")


def _folder(settings: Settings) -> Path:
    return Path(settings.instance) / "sample"


def _city(folder: Path, people: int, city: str) -> dict[str, Any]:
    """The manifest of the city, which is written first if need be."""
    path = folder / MANIFEST
    if not path.exists():
        today: date = datetime.now(time_zone(city)).date()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with progress("Inventing a city", people) as done:
            write_city(people, SEED, folder, today=today, progress=done)
    manifest: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return manifest


def _import(services: Services, folder: Path, entry: dict[str, Any]) -> None:
    facts = ListFacts(
        entry["programme"], entry["period"], entry["decree"], date.fromisoformat(entry["issued"]), entry["issuer"]
    )
    try:
        list_id = int(import_list(services, folder / entry["file"], facts)["list"])
    except Refused as refused:
        if refused.code != "already_imported":
            raise
        list_id = int(str(refused.facts["list"]))
    if services.lists.show(list_id).state == "draft":
        services.lists.publish(list_id)
