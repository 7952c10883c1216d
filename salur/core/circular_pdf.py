"""Is this file a PDF that may be handed on? It is read in a process of its own, with limits on time and memory.

What an office uploads is opened by thousands of phones, so a PDF that acts by itself (scripts, programs to start,
forms that send, files inside) is refused, as is one that cannot be read to the end or asks for a password. All
objects are looked at, not only those that the pages lead to: readers differ in what they find.
"""

from __future__ import annotations

import io
import logging
import os
import re
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from salur.core.circular_views import LARGEST_PDF
from salur.core.errors import UnfitPdf

BEGINNING = b"%PDF-"
MAX_SECONDS, MAX_MEMORY = 20, 1_000_000_000
MOST_PAGES, MOST_OBJECTS, MOST_VALUES, DEEPEST = 500, 60_000, 3_000_000, 60
ROOT = Path(__file__).parents[2]
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):(?!\d)")  # `example.id:8080` has none
# Exit codes of the child.
CODES = {3: "damaged", 4: "password", 5: "no_pages", 6: "active", 7: "attachments", 8: "too_long"}
# What an action may do: go to a page, or open an address that the reader sees and chooses.
HARMLESS = frozenset({"/GoTo", "/URI", "/Named", "/Hide", "/SetOCGState", "/GoTo3DView", "/Trans"})
ACTIVE_KEYS = frozenset({"/JS", "/JavaScript", "/AA", "/XFA", "/RichMediaContent", "/RichMediaSettings"})
FILE_KEYS = frozenset({"/EmbeddedFiles", "/EF", "/AF"})
ACTIVE_KINDS = frozenset({"/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"})


def check_pdf(content: bytes) -> None:
    """See that the content is a PDF without anything that acts, at most LARGEST_PDF bytes.

    Raises: UnfitPdf.
    """
    if len(content) > LARGEST_PDF:
        raise UnfitPdf("too_large")
    if not content.startswith(BEGINNING):
        raise UnfitPdf("not_a_pdf")
    search = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    try:
        done = subprocess.run(  # noqa: S603  # our own module; the file goes in by its input, no shell
            [sys.executable, "-m", __name__],
            input=content,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=MAX_SECONDS,
            check=False,
            env={"PATH": os.environ.get("PATH", ""), "PYTHONPATH": search},
        )
    except subprocess.TimeoutExpired:
        raise UnfitPdf("damaged") from None
    if done.returncode != 0:
        raise UnfitPdf(CODES.get(done.returncode, "damaged"))


class _Unfit(Exception):
    """What the child found; `code` as in CODES."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def _judge(content: bytes) -> None:
    """What the child does. Raises _Unfit, or whatever pypdf raises for a damaged file."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted:
        raise _Unfit("password")
    _look_at(reader.trailer)
    for value in _objects(reader):
        _look_at(value)
    pages = len(reader.pages)
    if pages == 0:
        raise _Unfit("no_pages")
    if pages > MOST_PAGES:
        raise _Unfit("too_long")


def _objects(reader: Any) -> Iterator[Any]:
    """Every object that the file's own tables name, whether or not a page leads to it."""
    from pypdf.generic import IndirectObject

    known = {(id, generation) for generation, places in reader.xref.items() for id in places}
    known |= {(id, 0) for id in reader.xref_objStm}
    if len(known) > MOST_OBJECTS:
        raise _Unfit("too_long")
    for id, generation in sorted(known):
        if id != 0 and generation != 65535:
            yield reader.get_object(IndirectObject(id, generation, reader))


_values = 0


def _look_at(value: Any, depth: int = 0) -> None:
    """Look through what an object holds itself; what it only points to is looked at in its turn."""
    from pypdf.generic import ArrayObject, DictionaryObject

    global _values
    _values += 1
    if depth > DEEPEST or _values > MOST_VALUES:
        raise _Unfit("damaged")
    if isinstance(value, DictionaryObject):
        _look_at_keys(value)
        for inner in value.values():  # as they stand: what is only pointed to is not followed
            _look_at(inner, depth + 1)
    elif isinstance(value, ArrayObject):
        for inner in list.__iter__(value):
            _look_at(inner, depth + 1)


def _look_at_keys(found: Any) -> None:
    keys = set(found)
    # A value may stand elsewhere in the file, where a reader finds it and a plain look does not.
    found = {key: _plain(found, key) for key in ("/Type", "/Subtype", "/S", "/URI") if key in keys}
    if keys & ACTIVE_KEYS:
        raise _Unfit("active")
    if keys & FILE_KEYS or found.get("/Type") == "/EmbeddedFile":
        raise _Unfit("attachments")
    kind = found.get("/Subtype")
    if kind == "/FileAttachment":
        raise _Unfit("attachments")
    if kind in ACTIVE_KINDS:
        raise _Unfit("active")
    if _is_action(found) and (found.get("/S") not in HARMLESS or _leads_astray(str(found.get("/URI", "")))):
        raise _Unfit("active")


def _leads_astray(address: str) -> bool:
    """Whether a link opens something else than a page, a letter or a call: a script, or a file of the reader's own."""
    bare = "".join(char for char in address if char.isprintable()).strip().lower()
    scheme = SCHEME.match(bare)
    return bare.startswith("\\\\") or (scheme is not None and scheme[1] not in ("http", "https", "mailto", "tel"))


def _plain(found: Any, key: str) -> Any:
    """The value of a key, followed to where it stands; None where it leads nowhere."""
    value = found.raw_get(key) if hasattr(found, "raw_get") else found[key]
    return value.get_object() if hasattr(value, "get_object") else value


# Kinds of action that the standard knows (ISO 32000-2, table 201), harmless or not.
ACTIONS = HARMLESS | {
    "/GoToR", "/GoToE", "/GoToDp", "/Launch", "/Thread", "/Sound", "/Movie", "/SubmitForm", "/ResetForm",
    "/ImportData", "/JavaScript", "/Rendition", "/RichMediaExecute",
}  # fmt: skip


def _is_action(found: Any) -> bool:
    """Whether a dictionary is an action: many leave the type out, and /S names other things elsewhere too."""
    return found.get("/Type") == "/Action" or found.get("/S") in ACTIONS


def _main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
    logging.disable()
    by_code = {code: number for number, code in CODES.items()}
    try:
        _judge(sys.stdin.buffer.read())
    except _Unfit as unfit:
        return by_code[unfit.code]
    except BaseException:
        return by_code["damaged"]
    return 0


if __name__ == "__main__":
    sys.exit(_main())
