"""An invented city: what an office would have on its desk, for trying Salur out and for measuring it.

People, numbers and addresses are made up from a seed; the kelurahan are real. Nothing here touches the database: the
files go in through the same commands as an office's own. Start reading in `city.py`; `people.population` gives
only the people.
"""
