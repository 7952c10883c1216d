"""Work that takes longer than a page may: a queue in the database. Start reading in `jobs.py`."""
