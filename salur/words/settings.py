"""What is wrong with a setting, for whoever starts Salur; and the language of their terminal."""

from __future__ import annotations

from collections.abc import Mapping

from salur.core.errors import ConfigError
from salur.words.language import N_, Say

# Code of a ConfigError -> words.
WRONG: Mapping[str, str] = {
    "is missing: run `make run` or `python -m salur setup` first": N_(
        "belum ada: jalankan dulu `make run` atau `python -m salur setup`"
    ),
    "must be development or production": N_("harus development atau production"),
    "must be X-Forwarded-For or Forwarded": N_("harus X-Forwarded-For atau Forwarded"),
    "is required in production": N_("wajib diisi di production"),
    "must be 32 characters or more": N_("harus 32 huruf atau lebih"),
    "must be a whole number from 0 to 10": N_("harus angka bulat dari 0 sampai 10"),
    "must be a whole number from 1 to 600": N_("harus angka bulat dari 1 sampai 600"),
    "must be the code of a regency or city, such as 32.71": N_("harus kode kabupaten atau kota, misalnya 32.71"),
    "must be https://… or http://…": N_("harus https://… atau http://…"),
    "must be redis://… or rediss://…": N_("harus redis://… atau rediss://…"),
    "must be postgresql://… or sqlite:///…": N_("harus postgresql://… atau sqlite:///…"),
    "must be an https address": N_("harus alamat https"),
    "must be 16-256 of A-Z a-z 0-9 _ -": N_("harus 16-256 tanda dari A-Z a-z 0-9 _ -"),
    "must be host:port": N_("harus host:port"),
    "must be port or host:port": N_("harus port atau host:port"),
    "must be json or text": N_("harus json atau text"),
    "is missing: without it no figures are kept": N_("belum ada: tanpa itu tidak ada angka yang dicatat"),
    "is missing: run `python -m salur keys new` first": N_("belum ada: jalankan dulu `python -m salur keys new`"),
    "is missing: without it there is no bot": N_("belum ada: tanpa itu tidak ada bot"),
    "is not known to Telegram": N_("tidak dikenal Telegram"),
    "cannot be read as a key file": N_("tidak dapat dibaca sebagai berkas kunci"),
}


def what_is_wrong_with(error: ConfigError, say: Say) -> str:
    """The setting, and what it has to be."""
    wrong = WRONG.get(error.code, error.code)
    told = f"{error.setting} {say(wrong)}."
    if not error.perhaps:
        return told
    meant = ", ".join(f"{value} ({name})" for value, name in error.perhaps.items())
    perhaps = say("Mungkin maksud Anda {pilihan}.", pilihan=meant)
    return f"{told} {perhaps}"


def terminal_language(environ: Mapping[str, str]) -> str:
    """The language that the environment asks for: Indonesian, Sundanese, or else English."""
    asked = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := environ.get(name, ""))), "")
    code = asked.lower().replace("-", "_").partition(".")[0].partition("_")[0]
    return code if code in ("id", "su") else "en"
