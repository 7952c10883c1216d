"""Tests of the bot: the real application against the Bot API server of `tests/botapi`."""
