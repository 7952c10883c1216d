"""The main job: the form, and the answer to it. Start reading in `pages.py`."""
