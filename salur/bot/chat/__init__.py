"""One turn of a conversation: read what was written, remember what is needed, answer.

Start reading in `turn.py`.
"""
