"""Files that an operator sends: sealed, read by a runner, then a list or gone. Start reading in `uploads.py`."""
