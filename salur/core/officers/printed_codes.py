"""One-time codes that are printed, read out and typed: invitations and recovery codes, such as `K7QF-3M2X-9HTC`."""

from __future__ import annotations

import secrets

LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"  # without what is read for something else: I L O U 0 1
GROUP = 4


def new(groups: int) -> str:
    """A random code of so many groups of four; each group is worth 19 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(groups))


def plain(typed: str) -> str:
    """As it is digested: capitals with nothing between, however it was typed."""
    return "".join(char for char in typed.upper() if char.isalnum())
