"""The language a command speaks: that of the terminal, or what `--bahasa` says. Codes for programs stay as they are.

A command says its sentences by `say("…")`, in Indonesian as everywhere; `offer_languages` gives them all the option.
Help, and what click itself says of wrong usage, is in English.
"""

from __future__ import annotations

import os

import click

from salur.words.language import Say, language
from salur.words.settings import terminal_language

CHOICES = ("id", "en", "su")
KEY = "salur.bahasa"


def words() -> Say:
    """The words of the language of the command that runs."""
    context = click.get_current_context(silent=True)
    chosen = context.meta.get(KEY) if context is not None else None
    return language(chosen or terminal_language(os.environ))


def say(text: str, /, **values: object) -> str:
    """Say a sentence in that language."""
    return words()(text, **values)


def offer_languages(command: click.Command) -> None:
    """Give a command, and all below it, the option `--bahasa`."""
    if not any(param.name == "bahasa" for param in command.params):
        command.params.append(
            click.Option(
                ["--bahasa"],
                type=click.Choice(CHOICES),
                expose_value=False,
                is_eager=True,
                callback=_remember,
                help="The language to answer in: id or en.  [default: the terminal's]",
            )
        )
    for child in getattr(command, "commands", {}).values():
        offer_languages(child)


def _remember(context: click.Context, _param: click.Parameter, value: str | None) -> None:
    if value is not None:
        context.meta[KEY] = value
