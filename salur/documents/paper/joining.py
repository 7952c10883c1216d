"""Several tagged PDF become one, tags and bookmarks and all: pypdf's own joining leaves the tree of tags behind.

A thousand letters set at once take a gigabyte; set some hundred at a time and joined, half of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import cast

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, PdfObject

TREE, PARENTS, NEXT = "/StructTreeRoot", "/ParentTree", "/ParentTreeNextKey"


def joined(parts: Iterable[bytes]) -> bytes:
    """One PDF of all pages in their order. Language, title and conformance are those of the first, which must be there.

    Each is as `typeset` makes it: one element around all tags, and a flat tree of parents, a number a page.
    """
    first, *others = parts
    if not others:
        return first
    writer = PdfWriter(clone_from=PdfReader(BytesIO(first)))
    tree = _inside(writer.root_object, TREE)
    for part in others:
        _add(PdfReader(BytesIO(part)), writer, tree)
    content = BytesIO()
    writer.write(content)
    return content.getvalue()


def _add(reader: PdfReader, writer: PdfWriter, tree: DictionaryObject) -> None:
    """Pages first: tags are copied with what they point at, and find the copies of their pages."""
    before, number = len(writer.pages), int(cast(NumberObject, tree[NEXT]))
    writer.append(reader)
    for page, source in zip(writer.pages[before:], reader.pages, strict=True):
        page[NameObject("/StructParents")] = NumberObject(number + int(cast(NumberObject, source["/StructParents"])))
    added = _inside(reader.root_object, TREE).clone(writer)
    document = _document(tree)
    kids = cast(ArrayObject, document["/K"])
    for kid in cast(ArrayObject, _document(added)["/K"]):
        cast(DictionaryObject, kid.get_object())[NameObject("/P")] = cast(PdfObject, document.indirect_reference)
        kids.append(kid)
    numbers, parents = (
        cast(ArrayObject, _inside(added, PARENTS)["/Nums"]),
        cast(ArrayObject, _inside(tree, PARENTS)["/Nums"]),
    )
    for n in range(0, len(numbers), 2):
        parents.extend([NumberObject(number + int(numbers[n])), numbers[n + 1]])
    tree[NameObject(NEXT)] = NumberObject(number + int(cast(NumberObject, added[NEXT])))


def _inside(holder: DictionaryObject, key: str) -> DictionaryObject:
    return cast(DictionaryObject, holder[key])


def _document(tree: DictionaryObject) -> DictionaryObject:
    return cast(DictionaryObject, cast(ArrayObject, tree["/K"])[0].get_object())
