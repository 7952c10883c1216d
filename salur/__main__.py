"""`python -m salur …`: the operators' commands."""

from salur.cli.main import main

if __name__ == "__main__":
    main(prog_name="python -m salur")
