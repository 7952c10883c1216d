"""Marking a person of a list. Start reading in `pages.py`."""
