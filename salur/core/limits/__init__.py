"""How much anybody may ask, try and send. Start reading in `attempts.py`."""
