"""Writing down what offices do that has no trace of its own. Start: `salur/core/record/note.py`."""
