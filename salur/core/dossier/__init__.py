"""All that is known of one person, for the office that answers for the lists. Start reading in `dossier.py`."""
