"""The list of a neighbourhood. Start reading in `pages.py`."""
