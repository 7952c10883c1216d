"""Which sentence goes with which answer and refusal: the one table of words for the site and the bot.

Start reading in `language.py`. The source language is Indonesian; `translations/<code>/LC_MESSAGES/messages.po` holds
the others.

    say = language("id")                       # language.py: cached, immutable; an unknown code gives Indonesian
    say("Bawa {benda}.", benda="KTP")          # looked up, then filled in
    verdict(answer, say)                       # lookup/answer.py: "Nama ini *terdaftar* sebagai penerima bantuan."

Emphasis is written `*so*`, in Markdown's way but never nested; `language.parts` takes it apart and each door shows it
in its own way. A value that is filled in cannot bring emphasis with it: its asterisks are dropped.
"""
