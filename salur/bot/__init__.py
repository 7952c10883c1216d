"""The Telegram bot: reads what a person wrote, asks the core one thing, says the answer, and forgets.

Start reading at `app.build_application`. One update goes through `lanes` (one at a time per chat), is turned into a
`turn.Turn` and reaches `conversation` (numbers and names), `schedule`, `proposals`, `my_data`, `linking` and others.
Beside that `notices` sends what Salur has to say of its own accord. `memory` is all that is remembered, never on disk;
`replies` holds the sentences that only the bot says, `salur.words` all others.
"""
