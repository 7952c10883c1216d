"""When two names are one person's. Start reading in `matching.py`; what is known is data in `lexicon.py`."""
