"""Writing down what offices do that has no trace of its own.

Start reading in `note.py`.
"""
