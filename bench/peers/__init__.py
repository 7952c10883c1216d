"""What the site is held against: an empty Flask view, and an application that does the same work by the usual means.
`python3 tools/measure.py peers` measures all three on servers of the same kind. Start reading in `__main__.py`."""
