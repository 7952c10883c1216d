"""The sample city in the database: what `make run` shows a newcomer."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import click

from salur.cli.console import progress, refuse
from salur.cli.language import say
from salur.cli.list_files import digest_of, import_list
from salur.cli.sample_desks import fill_desks
from salur.cli.sample_offices import Manifest, open_offices
from salur.cli.welcome import tell_what_to_try
from salur.config import Settings
from salur.core.errors import AlreadyImported
from salur.core.lists.importing.facts import ListFacts
from salur.core.lists.kinds import ListState
from salur.core.officers.usernames import is_sample
from salur.core.payouts.answers import FileState
from salur.core.payouts.kinds import Round
from salur.core.regions.zones import time_zone
from salur.intake.payments import read_payments
from salur.intake.schedule import read_schedule
from salur.sample.city import MANIFEST, write_city
from salur.sample.offices import offices as kelurahan_offices
from salur.wiring import Services, build
from salur.words.language import N_

SEED = 1
LOADED = "loaded"  # a mark beside the files: everything is in the database
NOT_HERE = N_(
    "Kota contoh hanya untuk mencoba Salur, bukan untuk production (SALUR_ENV). Tidak ada yang ditulis. Jalankan ini:"
)
INSTEAD = ("python -m salur setup", "python -m salur serve")
BESIDE_REAL_PEOPLE = N_(
    "Di basis data ini ada kota contoh: orang karangan dijawab seperti orang sungguhan, dan kata sandi akunnya pernah"
    " ditampilkan. Isi SALUR_DATABASE_URL dengan basis data yang kosong, lalu jalankan: python -m salur setup. Kalau"
    " tetap memakai yang ini, tarik daftar contohnya (lists show, lists withdraw), lalu tutup akunnya:"
)
PERHAPS_HERE = N_(
    "Perhatian: ada kota contoh di {folder}. Kalau pernah dimuat ke basis data ini, orang karangan dijawab seperti"
    " orang sungguhan: tarik daftarnya (lists show, lists withdraw). Hapus folder itu supaya tidak diingatkan lagi."
)


def refuse_sample(settings: Settings) -> None:
    """In production, refuse what makes or loads the sample city: nobody there is to be given aid, or a password."""
    if settings.production:
        refuse("\n".join([say(NOT_HERE), *(f"    {command}" for command in INSTEAD)]))


def refuse_to_serve_sample(services: Services) -> None:
    """In production, refuse to serve a database with open accounts of the sample city; warn of files of one.

    The core lets those accounts do nothing there, but accounts tell for sure that the sample's people are in this very
    database, and an operator who is told before the first resident asks has only to take another one. A folder does not
    tell which database it was loaded into, often a SQLite file beside it, so it is no reason to stop a city's site.
    """
    if not services.settings.production:
        return
    accounts, _ = services.accounts.everyone()
    if still_open := [a.username for a in accounts if is_sample(a.username) and a.closed_at is None]:
        refuse(
            "\n".join([say(BESIDE_REAL_PEOPLE), *(f"    python -m salur accounts close {name}" for name in still_open)])
        )
    if _folder(services.settings).exists():
        click.echo(say(PERHAPS_HERE, folder=str(_folder(services.settings))), err=True)


def load_sample_city(services: Services, people: int) -> None:
    """Make the sample city and import it, once; stopped half-way, it goes on the next time. Never beside real lists."""
    folder = _folder(services.settings)
    if (folder / LOADED).exists() or (not folder.exists() and services.lists.all()):
        return
    manifest = _city(folder, people, services.settings.city)
    for entry in manifest["lists"]:
        _import(services, folder, entry)
    for entry in manifest["schedules"]:
        load_schedule(services, folder / entry["file"])
    for entry in manifest["payments"]:
        load_payments(services, folder / entry["file"], Round(entry["programme"], entry["period"]))
    services.offices.put(kelurahan_offices(services.settings.city))
    fill_desks(services, folder, open_offices(services, folder, manifest), manifest)
    (folder / LOADED).touch(mode=0o600)


def load_schedule(services: Services, file: Path) -> None:
    """Publish a schedule of the sample, unless it was before. Some of its days are past on purpose."""
    digest = digest_of(file)
    if (id := services.schedules.stands(digest)) is None:
        id, _ = services.schedules.add(read_schedule(file), digest, agreed=True)
    if services.schedules.show(id).state is FileState.DRAFT:
        services.schedules.publish(id, agreed=True)


def load_payments(services: Services, file: Path, round: Round) -> None:
    """Publish a report of payments of the sample, unless it was before."""
    digest = digest_of(file)
    if (id := services.payments.stands(digest, round.programme, round.period)) is None:
        id, _ = services.payments.add(read_payments(file), round, digest)
    if services.payments.show(id).state is FileState.DRAFT:
        services.payments.publish(id)


def invite_to_try(settings: Settings, address: str) -> None:
    """Say where the site is and whom to ask for."""
    services = build(settings, patient=True)
    try:
        click.echo(tell_what_to_try(services, _folder(settings), address))
    finally:
        services.database.dispose()


def _folder(settings: Settings) -> Path:
    return Path(settings.instance) / "sample"


def _city(folder: Path, people: int, city: str) -> Manifest:
    """The manifest of the city, which is written first if need be."""
    path = folder / MANIFEST
    if not path.exists():
        today: date = datetime.now(time_zone(city)).date()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with progress(say("Mengarang kota"), people) as done:
            write_city(people, SEED, folder, today=today, progress=done)
    manifest: Manifest = json.loads(path.read_text("utf-8"))
    return manifest


def _import(services: Services, folder: Path, entry: Manifest) -> None:
    facts = ListFacts(
        entry["programme"], entry["period"], entry["decree"], date.fromisoformat(entry["issued"]), entry["issuer"]
    )
    try:
        list_id = import_list(services, folder / entry["file"], facts)
    except AlreadyImported as before:
        list_id = before.list
    if services.lists.show(list_id).state is ListState.DRAFT:
        services.lists.confirm_states(list_id)
        services.lists.publish(services.lists.change(list_id).agreed())
