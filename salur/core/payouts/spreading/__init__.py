"""Each family gets a sitting of its own: by RW and RT, over places, days and hours. Start reading in `spreading.py`."""
