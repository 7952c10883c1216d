"""How word goes out: what waits in the box is taken, paced, and carried by a channel. Start reading in `sender.py`."""
