"""Word of changes, tried as a whole. Start in `test_kelurahan.py`."""
