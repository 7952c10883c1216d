"""Several tagged PDF become one, tags and bookmarks and all: libraries join pages and leave the tree of tags behind.

A thousand letters set at once take a gigabyte; set some hundred at a time and joined, less than half of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from itertools import chain

from pikepdf import Array, OutlineItem, Pdf


def joined(parts: Iterable[bytes]) -> bytes:
    """One PDF of all pages in their order. Language, title and conformance are those of the first, which must be there.

    Each is as `typeset` makes it: one element around all tags, and a flat tree of parents, a number a page.
    """
    coming = iter(parts)
    first = next(coming)
    second = next(coming, None)
    if second is None:
        return first
    with Pdf.open(BytesIO(first)) as whole:
        sources = [_add(whole, part) for part in chain((second,), coming)]
        content = BytesIO()
        whole.save(content)
        for source in sources:  # what is copied lies in them until it is saved
            source.close()
    return content.getvalue()


def _add(whole: Pdf, part: bytes) -> Pdf:
    """Pages first: tags are copied with what they point at, and find the copies of their pages. Gives the source."""
    added = Pdf.open(BytesIO(part))
    tree, before = whole.Root.StructTreeRoot, len(whole.pages)
    number = int(tree.ParentTreeNextKey)
    whole.pages.extend(added.pages)
    for page in whole.pages[before:]:
        page.obj.StructParents = number + int(page.obj.StructParents)
    copied = whole.copy_foreign(added.Root.StructTreeRoot)
    document = tree.K[0]
    for kid in copied.K[0].K:
        kid.P = document
        document.K.append(kid)
    parents, numbers = tree.ParentTree.Nums, copied.ParentTree.Nums
    for n in range(0, len(numbers), 2):
        parents.append(number + int(numbers[n]))
        parents.append(numbers[n + 1])
    tree.ParentTreeNextKey = number + int(copied.ParentTreeNextKey)
    _add_bookmarks(whole, added, before)
    return added


def _add_bookmarks(whole: Pdf, added: Pdf, before: int) -> None:
    """A bookmark to the page of each of theirs."""
    numbers = {page.obj.objgen: number for number, page in enumerate(added.pages)}
    with added.open_outline() as theirs, whole.open_outline() as ours:
        for item in theirs.root:
            assert isinstance(item.destination, Array)
            page = item.destination[0].objgen
            ours.root.append(OutlineItem(str(item.title), before + numbers[page]))
