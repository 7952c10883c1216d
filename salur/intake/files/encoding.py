"""Finding out how a text file is encoded."""

from __future__ import annotations

import codecs
from pathlib import Path

BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
PIECE = 1 << 20


def text_encoding(path: Path) -> str:
    """UTF-8 or UTF-16 where the bytes say so, else Windows-1252, in which an office's Excel saves."""
    with path.open("rb") as file:
        head = file.read(PIECE)
        for bom, name in BOMS:
            if head.startswith(bom):
                return name
        for name, zeros in (("utf-16-le", head[1:400:2]), ("utf-16-be", head[:400:2])):
            if len(zeros) > 4 and zeros.count(0) > 0.8 * len(zeros):
                return name
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while head:
                decoder.decode(head)
                head = file.read(PIECE)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8"
