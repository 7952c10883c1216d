"""Kinds of file that are known and not read: each is refused by its name, to which the words give a way out."""

from __future__ import annotations

import re
from collections.abc import Collection

WORD_BOOK = "WordDocument".encode("utf-16-le")
# How such files begin. A mail holds a page saved by Excel as one file, whatever its name ends in.
BEGINNINGS = (
    ("pdf", re.compile(rb"%PDF-")),
    (
        "picture",
        re.compile(
            rb"\xff\xd8\xff|\x89PNG\r\n|GIF8[79]a|RIFF....WEBP|BM....\0\0\0\0|II\*\0|MM\0\*|....ftyp(?:hei|mif)", re.S
        ),
    ),
    ("archive", re.compile(rb"Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|\x1f\x8b")),
    ("word", re.compile(rb"\{\\rtf")),
    (
        "web_page",
        re.compile(
            rb"\s*(?:(?:From|Subject|Date|[SX][\w-]+-[\w-]+):[^\n]*\n(?:[ \t][^\n]*\n)*)*MIME-Version:",
            re.I,
        ),
    ),
    ("flat_ods", re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<office:document\b", re.S)),
    ("online", re.compile(rb"\s*\{[^}]{0,400}\"(?:url|doc_id)\"\s*:|\[InternetShortcut\]", re.I)),
)
MEMBERS = (
    ("xlsb", re.compile(r"xl/workbook\.bin")),
    ("word", re.compile(r"word/document\.xml|ppt/presentation\.xml")),
    ("numbers", re.compile(r"index/.*\.iwa|index\.zip|index\.xml")),
    ("archive", re.compile(r"(?!__macosx/).*\.(?:xlsx?|xlsb|csv|ods|pdf|jpe?g|png|docx?)")),
)


def other_kind_by(head: bytes) -> str | None:
    """The name of a kind of file that is not read, by how it begins; None for what may be read."""
    head = head.removeprefix(b"\xef\xbb\xbf")
    return next((kind for kind, begins in BEGINNINGS if begins.match(head)), None)


def other_kind(members: Collection[str]) -> str:
    """What a zip file is that is no xlsx, by the names of its members (in small letters)."""
    kinds = (kind for kind, name in MEMBERS if any(name.fullmatch(member) for member in members))
    return next(kinds, "not_a_table")


def other_ole(content: bytes) -> str:
    """What an OLE file is that is no xls."""
    return "word" if WORD_BOOK in content else "not_a_table"
