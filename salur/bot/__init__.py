"""The Telegram bot: reads what a person wrote, asks the core one thing, says the answer, and forgets.

Start reading at `app.build_application`. One update goes through `lanes` (one at a time per chat), is turned into a
`turn.Turn` and reaches `conversation` (numbers and names), `schedule`, `groups` or `attachments`. `memory` is all that
is remembered, never on disk; `replies` holds the sentences that only the bot says, `salur.words` all others.
"""
