"""Between the bot and Telegram: order, limits, absences, and what is logged. Start reading in `lanes.py`."""
