"""User names: what they look like, and which of them belong to the sample city."""

from __future__ import annotations

import re

from salur.core.errors import BadUsername
from salur.core.storage.open_accounts import SAMPLE

USERNAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]{1,28})[a-z0-9]")


def is_sample(username: str) -> bool:
    """Whether it is the name of an account of the sample city."""
    return username.startswith(SAMPLE)


def check(username: str, *, inviter: str | None, sample: bool) -> None:
    """Refuse a name that a new account may not have; `sample` where the sample city is. Raises BadUsername."""
    if not USERNAME.fullmatch(username):
        raise BadUsername("username_shape")
    if is_sample(username) and not sample:
        raise BadUsername("username_taken")  # as if the sample's accounts were there: such a one would open nothing
    if inviter is not None and is_sample(inviter) and not is_sample(username):
        raise BadUsername("username_sample")
