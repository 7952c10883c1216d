"""`python -m salur …`: the operators' commands."""

import gc

gc.disable()  # all that is read here stays: looking through it for what can go was a fifth of the start

from salur.cli.main import main  # noqa: E402

gc.freeze()
gc.enable()

if __name__ == "__main__":
    main(prog_name="python -m salur")
