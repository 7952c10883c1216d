"""Proposals in the words of those who decide on them. Start reading in `cases.py`."""
