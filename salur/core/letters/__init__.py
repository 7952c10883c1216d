"""Letters and posters: what is told on paper of a payout, to one person or to everybody.

Start reading in `answers.py`.
"""
