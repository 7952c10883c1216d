"""Two lists side by side: who left, who came, of whom they say something else. Start reading in `comparing.py`."""
