"""Finding the table in a sheet and what its columns mean. Start reading in `finding.py`."""
