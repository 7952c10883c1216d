"""Who is next where a programme has a quota: accepted proposals in an order, and the places that are free.

Start reading in `waiting.py`.
"""
