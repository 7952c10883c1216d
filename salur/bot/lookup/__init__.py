"""A number, a name, an answer. Start reading in `conversation.py`."""
