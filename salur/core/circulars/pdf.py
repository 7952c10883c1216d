"""Is this file a PDF that may be handed on? It is read in a process of its own, with limits on time and memory.

What an office uploads is opened by thousands of phones, so a PDF that acts by itself (scripts, programs to start,
forms that send, files inside) is refused, as is one that cannot be read to the end or asks for a password. All
objects are looked at, not only those that the pages lead to, nor only those that the file's tables name: readers
differ in what they find. So nothing may follow the end of a file: some readers look for objects there, others do not.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from salur.core.apart import Bounds, Unfit, read_apart, serve
from salur.core.circulars.answers import LARGEST_PDF
from salur.core.errors import UnfitPdf

if TYPE_CHECKING:
    from pypdf import PdfReader
    from pypdf.generic import DictionaryObject

BEGINNING = b"%PDF-"
BOUNDS = Bounds(seconds=20, memory=1_000_000_000)
MOST_PAGES, MOST_OBJECTS, MOST_VALUES, DEEPEST = 500, 60_000, 3_000_000, 60
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):(?!\d)")  # `example.id:8080` has none
CODES = frozenset({"damaged", "password", "no_pages", "active", "attachments", "too_long"})
# What an action may do: go to a page, or open an address that the reader sees and chooses.
HARMLESS = frozenset({"/GoTo", "/URI", "/Named", "/Hide", "/SetOCGState", "/GoTo3DView", "/Trans"})
ACTIVE_KEYS = frozenset({"/JS", "/JavaScript", "/AA", "/XFA", "/RichMediaContent", "/RichMediaSettings"})
FILE_KEYS = frozenset({"/EmbeddedFiles", "/EF", "/AF"})
# An object as it begins in a file, with comments for white space, as far as they are allowed.
BLANK = rb"(?:[\s\0]|%[^\r\n]*[\r\n])"
BEGINS = re.compile(
    rb"(?<!\d)\d{1,10}" + BLANK + rb"{1,200}\d{1,5}" + BLANK + rb"{1,200}obj(?![a-z])" + BLANK + rb"{0,200}"
)
END = b"%%EOF"
ACTIVE_KINDS = frozenset({"/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"})


def check_pdf(content: bytes) -> None:
    """See that the content is a PDF without anything that acts, at most LARGEST_PDF bytes.

    Raises: UnfitPdf.
    """
    if len(content) > LARGEST_PDF:
        raise UnfitPdf("too_large")
    if not content.startswith(BEGINNING):
        raise UnfitPdf("not_a_pdf")
    try:
        read_apart(__name__, content, BOUNDS)
    except Unfit as unfit:
        raise UnfitPdf(unfit.code if unfit.code in CODES else "damaged") from None


def _judge(content: bytes) -> bytes:
    """What the process apart does; nothing is given back. Raises Unfit, or whatever pypdf raises for a damaged file."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted:
        raise Unfit("password")
    _look_at(reader.trailer)
    for value in _objects(reader):
        _look_at(value)
    for value in _standing(content, reader):
        _look_at(value)
    pages = len(reader.pages)
    if pages == 0:
        raise Unfit("no_pages")
    if pages > MOST_PAGES:
        raise Unfit("too_long")
    return b""


def _objects(reader: PdfReader) -> Iterator[object]:
    """Every object that the file's own tables name, whether or not a page leads to it."""
    from pypdf.generic import IndirectObject

    known = {(id, generation) for generation, places in reader.xref.items() for id in places}
    known |= {(id, 0) for id in reader.xref_objStm}
    if len(known) > MOST_OBJECTS:
        raise Unfit("too_long")
    for id, generation in sorted(known):
        if id != 0 and generation != 65535:
            yield reader.get_object(IndirectObject(id, generation, reader))


def _standing(content: bytes, reader: PdfReader) -> Iterator[object]:
    """Every object where it stands in the file, whether or not a table names it: readers that mend a file find these.

    Raises Unfit for whatever stands behind the end: behind all that tables name, and the last of the tables.
    """
    from pypdf.generic import read_object

    begins = {found.start(): found.end() for found in BEGINS.finditer(content)}
    if len(begins) > MOST_OBJECTS:
        raise Unfit("too_long")
    named = {place for places in reader.xref.values() for place in places.values()}
    table = content.rpartition(b"startxref")[2].split()
    last = max(named & set(begins), default=0)
    if table and table[0].isdigit():
        last = max(last, min(int(table[0]), content.rfind(b"startxref")))
    if max(begins, default=0) > last or content.rpartition(END)[2].strip(b"\0 \t\r\n\f\x1a"):
        raise Unfit("damaged")
    stream = io.BytesIO(content)
    for place in begins.values():
        stream.seek(place)
        yield read_object(stream, reader)


_values = 0


def _look_at(value: object, depth: int = 0) -> None:
    """Look through what an object holds itself; what it only points to is looked at in its turn."""
    from pypdf.generic import ArrayObject, DictionaryObject

    global _values
    _values += 1
    if depth > DEEPEST or _values > MOST_VALUES:
        raise Unfit("damaged")
    if isinstance(value, DictionaryObject):
        _look_at_keys(value)
        for inner in value.values():  # as they stand: what is only pointed to is not followed
            _look_at(inner, depth + 1)
    elif isinstance(value, ArrayObject):
        for inner in list.__iter__(value):
            _look_at(inner, depth + 1)


def _look_at_keys(dictionary: DictionaryObject) -> None:
    keys = set(dictionary)
    # A value may stand elsewhere in the file, where a reader finds it and a plain look does not.
    found = {key: _plain(dictionary, key) for key in ("/Type", "/Subtype", "/S", "/URI") if key in keys}
    if keys & ACTIVE_KEYS:
        raise Unfit("active")
    if keys & FILE_KEYS or found.get("/Type") == "/EmbeddedFile":
        raise Unfit("attachments")
    if "/OpenAction" in keys and not _is_place(_plain(dictionary, "/OpenAction")):
        raise Unfit("active")
    if "/Base" in keys and _leads_astray(str(_plain(dictionary, "/Base"))):
        raise Unfit("active")
    kind = found.get("/Subtype")
    if kind == "/FileAttachment":
        raise Unfit("attachments")
    if kind in ACTIVE_KINDS:
        raise Unfit("active")
    if _is_action(found) and (found.get("/S") not in HARMLESS or _leads_astray(str(found.get("/URI", "")))):
        raise Unfit("active")


def _is_place(opened: object) -> bool:
    """Whether what a file does when it is opened is to go to one of its pages, and nothing after that."""
    from pypdf.generic import ArrayObject, DictionaryObject

    if isinstance(opened, DictionaryObject):
        return "/S" in opened and _plain(opened, "/S") == "/GoTo" and "/Next" not in opened
    return isinstance(opened, ArrayObject)


def _leads_astray(address: str) -> bool:
    """Whether a link opens something else than a page, a letter or a call: a script, or a file of the reader's own."""
    bare = "".join(char for char in address if char.isprintable()).strip().lower()
    scheme = SCHEME.match(bare)
    return bare.startswith("\\\\") or (scheme is not None and scheme[1] not in ("http", "https", "mailto", "tel"))


def _plain(found: DictionaryObject, key: str) -> object:
    """The value of a key, followed to where it stands; None where it leads nowhere."""
    value = found.raw_get(key) if hasattr(found, "raw_get") else found[key]
    return value.get_object() if hasattr(value, "get_object") else value


# Kinds of action that the standard knows (ISO 32000-2, table 201), harmless or not.
ACTIONS = HARMLESS | {
    "/GoToR", "/GoToE", "/GoToDp", "/Launch", "/Thread", "/Sound", "/Movie", "/SubmitForm", "/ResetForm",
    "/ImportData", "/JavaScript", "/Rendition", "/RichMediaExecute",
}  # fmt: skip


def _is_action(found: Mapping[str, object]) -> bool:
    """Whether a dictionary is an action: many leave the type out, and /S names other things elsewhere too."""
    return found.get("/Type") == "/Action" or found.get("/S") in ACTIONS


if __name__ == "__main__":
    sys.exit(serve(_judge, BOUNDS))
