"""The question: is this person on a list, and when, where and how much is the payout?

Start reading in `lookup.py`; `answers.py` is what it answers.
"""
