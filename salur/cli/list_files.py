"""From files to a draft in the database: one file, or those of a round."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import click

from salur.cli.console import progress
from salur.cli.language import say
from salur.core.lists.importing.facts import ListFacts, as_the_file_says
from salur.core.lists.importing.kinds import FileSays
from salur.core.lists.kinds import Draft
from salur.core.storage.room import refuse_without_room
from salur.intake.draft import ListDraft
from salur.intake.people import read_round
from salur.wiring import Services

BLOCK = 1 << 20


class ColumnChoice(click.ParamType[tuple[str, str]]):
    """`NIK=B`: the field, and the letters of its column."""

    name = "FIELD=COLUMN"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """Split at the sign."""
        field, sign, column = str(value).partition("=")
        if not sign or not field.strip() or not column.strip().isalpha():
            self.fail(say("Tulis seperti NIK=B."), param, ctx)
        return field.strip().lower(), column.strip().upper()


column_option = click.option(
    "--column", "columns", type=ColumnChoice(), multiple=True, help="Name a column yourself, such as NIK=B."
)


def read_files(files: Sequence[Path], columns: Mapping[str, str]) -> tuple[Draft, list[ListDraft]]:
    """The draft of all files together, and what each was understood as."""
    # Files of one name lie in several folders: their rows are told apart by the folder then.
    names = [file.name for file in files]
    named = [file.name if names.count(file.name) == 1 else str(file) for file in files]
    return read_round(list(zip(named, files, strict=True)), columns)


def import_list(services: Services, file: Path, facts: ListFacts) -> int:
    """Read one file and write it as a draft; gives the list's number."""
    draft, _ = read_files([file], {})
    return import_draft(services, draft, [file], facts)


def import_draft(services: Services, draft: Draft, files: Sequence[Path], facts: ListFacts) -> int:
    """Write what was read of these files as a draft; gives the list's number."""
    digests = [digest_of(file) for file in files]
    refuse_without_room(services.database, rows=len(draft.people))
    with progress(files[0].name, len(draft.people)) as done:
        return services.imports.add(draft, facts, digests, progress=done)


def which_holds(draft: Draft, facts: ListFacts, told: str | None) -> ListFacts:
    """The facts, where the operator has said what holds if the file says otherwise: the command, or the file."""
    if told in ("file", "berkas"):
        return as_the_file_says(draft.said, facts)
    return replace(facts, holds=tuple(FileSays)) if told else facts


def digest_of(file: Path) -> bytes:
    """32 bytes that tell one file from another."""
    digest = hashlib.blake2b(digest_size=32)
    with file.open("rb") as opened:
        while block := opened.read(BLOCK):
            digest.update(block)
    return digest.digest()
