"""The doors by which people come to the core."""

from __future__ import annotations

from enum import StrEnum


class Door(StrEnum):
    """The door through which somebody asks. The values are those that access record and proposals keep."""

    SITE = "web"
    CHAT = "bot"
    CONSOLE = "console"
