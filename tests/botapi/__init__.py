"""A small Bot API server on loopback, for tests of the bot. Start reading in `server.py`."""
