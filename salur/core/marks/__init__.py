"""What heads mark about the people of their list. Start reading in `marks.py`."""
