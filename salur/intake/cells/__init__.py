"""Reading single cells: texts, amounts, days, numbers, coordinates. Start reading in `texts.py`."""
