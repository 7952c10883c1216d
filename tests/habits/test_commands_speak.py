"""What a command prints is said in the language of its reader: no sentence of ours stands beside `say`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.habits.source import Module, modules

A_SENTENCE = re.compile(r"[A-Za-z]{2,} +[A-Za-z(]|[A-Za-z]{3,}\.$")
SAYING = frozenset({"say", "N_", "plural"})
HELP = frozenset({"help", "metavar", "epilog"})  # of options: click prints them, in English
# What is no sentence: commands as they are typed, and the contents of the sample city's desks.
TYPED = re.compile(r"^ *(--[a-z]+|python -m salur|accounts|keys|lists|payments|schedule|programmes)\b[\w \-…=.{}]*$")
NOT_READ_HERE = frozenset({"salur.cli.sample_desks"})


def sentences(module: Module) -> Iterator[str]:
    """Literals that read like sentences and are not handed to `say`, apart from docstrings and help."""
    apart = set(_apart(module.tree))
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in apart:
            text = node.value.strip()
            if A_SENTENCE.search(text) and not TYPED.match(node.value):
                yield f"{module.path}:{node.lineno}: {text[:60]}"


def _apart(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value
        elif isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in SAYING:
            yield from node.args[:2]
        elif isinstance(node, ast.keyword) and node.arg in HELP:
            yield from ast.walk(node.value)


@pytest.mark.parametrize("module", modules("salur/cli"), ids=lambda module: module.path.stem)
def test_every_sentence_of_a_command_is_said(module: Module) -> None:
    if module.name not in NOT_READ_HERE:
        assert list(sentences(module)) == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('click.echo("Nothing was written.")', 1),
        ('click.echo(f"{n:,} rows read")', 1),
        ('raise click.UsageError("Say which.")', 1),
        ('TABLE = {"a": "no such thing"}', 1),
        ('click.echo("Ready.")', 1),
        ('click.echo(say("Tidak ada yang ditulis."))', 0),
        ('"""Docstrings speak English."""', 0),
        ('click.option("--why", help="For the record.")', 0),
        ('say("Untuk membatalkan: {perintah}", perintah=f"lists undo {id}")', 0),
    ],
)
def test_the_test_itself_sees_them(code: str, found: int) -> None:
    module = Module("salur.cli.x", Path("x.py"), code, ast.parse(code))
    assert len(list(sentences(module))) == found
