"""Salur: is this person on a social-assistance list, and how much, when and where is the payout?

The five-minute tour. Salur is a library with doors:

- `salur.core` answers one question, `services.asking.ask(typed, name, asker=…)`, and keeps what that needs.
  Start reading in `salur/core/lookup/lookup.py`. It knows no Flask, no Telegram, no click and no sentences.
- `salur.intake` reads the spreadsheets that offices send. It knows no database.
- `salur.words` has every sentence, `salur.documents` the files that people take away; both doors use them.
- `salur.web` is the site, `salur.bot` the Telegram bot, `salur.cli` the operators' commands. A door reads what a person
  gave, asks the core one thing, and shows the answer in words.
- `salur.wiring.build(settings)` is the only place that puts the parts together.
- `salur.sample` invents a city to try all this on.
"""
