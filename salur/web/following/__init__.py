"""Being told when an answer changes, on the site. Start reading in `pages.py`."""
