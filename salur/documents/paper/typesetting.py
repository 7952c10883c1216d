"""From a template and its data to a tagged PDF (PDF/UA-1), with the fonts in `fonts` and none of the system's."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from unicodedata import normalize

import segno
import typst

from salur.words.language import parts

PDF = "application/pdf"
FOLDER = Path(__file__).parent
FONTS = FOLDER / "fonts"
QUIET, LARGEST = 4, 6  # modules around a QR code; its version
# What the fonts have, the rarer ones those that come with typst. All else is shown as a box: in a tagged PDF a
# letter without a shape is an error, and one name must not stop a thousand letters.
UNKNOWN = re.compile(
    r"[^ -~\u00a0-\u00ac\u00ae-\u017f\u0192\u01cd-\u01dc\u0218-\u021b\u02bb\u02bc\u1e00-\u1e99\u1ea0-\u1ef9"
    r"\u2010\u2011\u2013\u2014\u2018-\u201e\u2022\u2026\u20ac\u2212\u25a1\u25cf]"
)
BLANKS = re.compile(r"[^\S\u00a0]+")
BOX = "□"
REMEMBERED = 12
Rich = list[tuple[str, bool]]


def typeset(template: str, told: Mapping[str, object]) -> bytes:
    """Make a PDF of a template of this folder. Its data must hold `title`, and `lang`, a code such as `id`."""
    return bytes(
        typst.compile(
            FOLDER / template,
            root=FOLDER,
            font_paths=[FONTS],
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(told, default=str)},
            pdf_standards="ua-1",
        )
    )


def forget() -> None:
    """Give back the memory of what was set. typst remembers the last ten papers, so that many like them go faster."""
    for _ in range(REMEMBERED):
        typst.compile(b"", ignore_system_fonts=True)


def shown(text: str) -> str:
    """A text as it can be printed, in one line."""
    return UNKNOWN.sub(BOX, normalize("NFC", BLANKS.sub(" ", text.strip())))


def rich(text: str) -> Rich:
    """The same in pieces, each with whether it is emphasised."""
    return list(parts(shown(text)))


def qr_code(address: str) -> str:
    """An SVG with its quiet zone.

    Raises: ValueError for what is not upper-case alphanumeric, or longer than 154 signs.
    """
    made = segno.make_qr(address, error="m", mode="alphanumeric", boost_error=False)
    if int(made.version) > LARGEST:
        raise ValueError("too long for a QR code that is read from paper")
    return made.svg_inline(border=QUIET)
