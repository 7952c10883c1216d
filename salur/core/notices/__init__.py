"""Messages that wait to be sent. Start reading in `outbox.py`."""
