"""Officers' own pages: signing in, the account, invitations, the linked chat. Start reading in `sign_in.py`."""
