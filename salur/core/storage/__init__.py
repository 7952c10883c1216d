"""The database, statements prepared once, and the vault that seals. Start reading in `database.py`."""
