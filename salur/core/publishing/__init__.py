"""Lists that are published at a set time. Start reading in `publishing.py`."""
