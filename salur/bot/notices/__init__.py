"""What the bot sends of its own accord. Start reading in `carrier.py`."""
