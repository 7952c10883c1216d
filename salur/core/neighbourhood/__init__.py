"""The list of a neighbourhood, as its head sees it. Start reading in `neighbourhoods.py`."""
