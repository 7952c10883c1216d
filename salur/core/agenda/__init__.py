"""What waits for an officer, counted. Start reading in `agenda.py`."""
