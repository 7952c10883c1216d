"""From what was read to a draft in the database. Start reading in `imports.py`."""
