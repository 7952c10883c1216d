"""The second factor: six digits from an app (TOTP, RFC 6238), or one of ten recovery codes."""

from __future__ import annotations

import hmac
from datetime import datetime

import pyotp

from salur.core import printed_codes

STEP = 30  # seconds
NAME = "Salur"
RECOVERY_CODES = 10


def new_secret() -> str:
    """A secret for an authenticator app."""
    return pyotp.random_base32()


def address(secret: str, username: str) -> str:
    """The `otpauth://` address that the app reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=NAME)


def step_of(secret: str, code: str, now: datetime, *, after: int | None) -> int | None:
    """The time step whose code this is, one step of clock error allowed; None when it is none, or was used before."""
    digits = "".join(char for char in code if char.isdecimal())
    current = int(now.timestamp()) // STEP
    found = None
    for step in (current - 1, current, current + 1):
        right = hmac.compare_digest(pyotp.TOTP(secret).at(step * STEP).encode(), digits.encode())
        if right and (after is None or step > after):
            found = step
    return found


def new_recovery_codes() -> tuple[str, ...]:
    """Ten codes to print, such as `K7QF-3M2X`."""
    return tuple(printed_codes.new(2) for _ in range(RECOVERY_CODES))
