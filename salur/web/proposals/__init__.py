"""Proposals of residents. Start reading in `pages.py`."""
