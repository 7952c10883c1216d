"""Getting heads of RT and RW onto Salur: many invitations at once, and who has none. Start reading in `rollout.py`."""
