# What each command does stands in its script: tools/ and salur/cli/.
.PHONY: run test check bench

run:
	@python3 tools/environment.py run && exec .venv/bin/python -m salur serve --setup

test:
	@python3 tools/test.py

check:
	@python3 tools/test.py --check

bench:
	@python3 tools/bench.py
