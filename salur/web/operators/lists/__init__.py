"""Lists on the desk: files sent, drafts, what is in force. Start reading in `desk.py`."""
