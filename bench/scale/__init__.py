"""How things go where there is very much of them: a whole kelurahan on one list, and ten million people."""
