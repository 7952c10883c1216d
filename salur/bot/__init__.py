"""The Telegram bot: reads what a person wrote, asks the core one thing, says the answer, and forgets.

Start reading in `app.py`. One update goes through `transport.lanes` (one at a time per chat), is turned
into a `chat.turn.Turn` and reaches `lookup` (numbers and names), `payouts`, `proposals`, `privacy`, `officers` and
others. Beside that `notices` sends what Salur has to say of its own accord. `chat.memory` is all that is remembered,
never on disk; `chat.replies` holds the sentences that only the bot says, `salur.words` all others.
"""
