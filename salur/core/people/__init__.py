"""A person's numbers, and the sealed shape in which a person is kept. Start reading in `nik.py`."""
