"""*Kabari saya* under an answer: the ways in which somebody can be told of changes. Start reading in `pages.py`."""
