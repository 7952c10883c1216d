"""What keeps the house in order: `retention.py` deletes what is past its time, `rotation.py` changes keys, and
`backups/backups.py` makes, tries and brings back backups."""
