"""Numbers of people and rows as they are written, and how an RW is called."""

from __future__ import annotations

from salur.words.language import Say


def number(say: Say, count: int) -> str:
    """`1.234`; `1,234` in English."""
    return say.number(count)


def rw_name(rw: int | None, say: Say) -> str:
    """`RW 5`, or that there is none."""
    return f"RW {rw}" if rw else say("tanpa RW")
