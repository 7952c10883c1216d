"""Koreksi: a few people of a list in force, by a small list of their own. Start reading in `corrections.py`."""
