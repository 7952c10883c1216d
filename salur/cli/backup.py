"""`python -m salur backup`, `verify` and `restore`: docs/backup.md says what for."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from salur import wiring
from salur.cli.console import FILE, answer, as_json, progress, refuse
from salur.cli.language import say, words
from salur.config import Settings
from salur.core.maintenance.backups.backups import Backups, Tried
from salur.words.lists.counts import number

PERCENT = 100


@click.command()
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder.  [default: SALUR_BACKUPS]")
@click.option("--keep", default=14, show_default=True, type=click.IntRange(1, 1000), help="How many whole ones stay.")
@click.option("--keys", type=click.Path(dir_okay=False, path_type=Path), help="Also copy the key file, elsewhere.")
@as_json
def backup(out: Path | None, keep: int, keys: Path | None, as_json: bool) -> None:
    """Write one file with all of the database, while the site answers. It opens nothing without the key file."""
    settings = Settings.from_env()
    backups, folder = _backups(settings), out or Path(settings.backups)
    if keys is not None:
        backups.save_keys(keys, folder)
    with progress(say("Menyalin"), PERCENT) as tell:
        made = backups.make(folder, keep=keep, tell=tell)
    counts = {
        "baris": number(words(), made.rows),
        "tabel": made.tables,
        "besar": number(words(), -(-made.size // 1024)),
    }
    lines = [say("{file}: {baris} baris dari {tabel} tabel, {besar} KB.", file=str(made.file), **counts)]
    if made.keys:
        lines.append(say("Hanya terbuka dengan kunci {kunci}.", kunci=", ".join(map(str, made.keys))))
    if keys is not None:
        lines.append(say("Kunci disalin ke {file}. Simpan di tempat lain.", file=str(keys)))
    if made.thinned:
        lines.append(say("{jumlah} cadangan lama dihapus.", jumlah=made.thinned))
    answer(made, lines, for_programs=as_json)


@click.command()
@click.argument("file", type=FILE)
@click.option("--keys", type=FILE, help="Try it with this key file.  [default: SALUR_KEYS_FILE]")
@as_json
def verify(file: Path, keys: Path | None, as_json: bool) -> None:
    """Bring a backup back into a scratch database, count it, and open a value of each kind. Changes nothing."""
    with progress(say("Mencoba"), PERCENT) as tell:
        tried = _backups(Settings.from_env(), keys).verify(file, tell=tell)
    if tried.opened is None:
        opened = say("Berkas kunci tidak ada di sini; apakah isinya dapat dibuka belum dicoba.")
    else:
        opened = say("Kuncinya cocok: {jumlah} isi tersegel dibuka untuk dicoba.", jumlah=number(words(), tried.opened))
    answer(tried, [say("Cadangan ini utuh."), _in_it(tried), opened], for_programs=as_json)


@click.command()
@click.argument("file", type=FILE)
@click.option("--replace", is_flag=True, help="Take the place of what the database holds now.")
@click.option("--yes", "--ya", "yes", is_flag=True, help="Do not ask.")
@as_json
def restore(file: Path, replace: bool, yes: bool, as_json: bool) -> None:
    """Bring a backup back, the site being stopped. What is there stays until the backup is whole and tried."""
    settings = Settings.from_env()
    backups = _backups(settings)
    made_at = backups.look(file).made_at
    if replace and not yes and not backups.is_empty():
        question = say(
            "Semua isi basis data sekarang diganti isi cadangan dari {waktu} (UTC). Lanjutkan?", waktu=made_at
        )
        if as_json or not sys.stdin.isatty() or not click.confirm(question):
            refuse(say("Tidak ada yang diganti. Untuk menyetujui tanpa ditanya: --ya."))
    with progress(say("Memulihkan"), PERCENT) as tell:
        tried = backups.restore(file, replace=replace, tell=tell)
    lines = [
        say("Sudah dipulihkan."),
        _in_it(tried),
        say(
            "Sekarang jalankan {setup}, lalu {purge}: yang sejak itu dihapus karena waktunya lewat ada lagi.",
            setup="setup",
            purge="purge",
        ),
    ]
    answer(tried, lines, for_programs=as_json)


def _backups(settings: Settings, keys: Path | None = None) -> Backups:
    return Backups(settings.database_url, str(keys or settings.keys_file), wiring.now)


def _in_it(tried: Tried) -> str:
    made_at = tried.made_at.strftime("%Y-%m-%d %H:%M")
    counts = {"baris": number(words(), tried.rows), "tabel": tried.tables}
    return say("Dibuat {waktu} (UTC): {baris} baris dari {tabel} tabel.", waktu=made_at, **counts)
