"""The answer in words: the verdict, what to bring, where an entitlement stands. Start reading in `answer.py`."""
