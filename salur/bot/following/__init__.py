"""Being told in the chat when an answer changes, and having all of the chat deleted. Start reading in `talk.py`."""
