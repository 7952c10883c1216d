"""Word of changes, tried as a whole: a kelurahan, its followers, and all that they hear. Start in `test_kelurahan.py`."""
