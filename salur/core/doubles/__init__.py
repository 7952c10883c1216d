"""People who stand twice where they should stand once. Start reading in `doubles.py`."""
