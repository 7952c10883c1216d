"""Copies of the whole database, tried and brought back. Start reading in `backups.py`."""
