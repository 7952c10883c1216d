"""/ajukan and /tiket. Start reading in `proposing.py`."""
