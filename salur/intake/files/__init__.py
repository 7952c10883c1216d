"""Opening an office's file, whatever it is made of. Start reading in `opening.py`."""
