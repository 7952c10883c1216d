"""What every door asks: a number or a code, and a name. Start reading in `asking.py`."""
