# What each command does stands in its script: tools/ and salur/cli/.
.PHONY: help run test quick check format map pictures bench cluster deployment

help: ## what there is
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 20

run: ## the site at http://127.0.0.1:8000 with an invented city; with SALUR_TELEGRAM_TOKEN the bot too
	@python3 tools/environment.py run && exec .venv/bin/python -m salur serve --setup

test: ## everything, on SQLite and PostgreSQL, with Redis and a browser
	@python3 tools/test.py

quick: ## lint and the tests that tell most, on SQLite alone, in a minute
	@python3 tools/test.py --quick

check: ## lint, format, types and habits, without running anything
	@python3 tools/test.py --check

format: ## let ruff format the code
	@python3 tools/environment.py test && .venv/bin/ruff format

map: ## draw docs/map.md anew
	@python3 tools/map.py

pictures: ## take the pictures in docs/images anew
	@python3 tools/pictures.py

bench: ## measure
	@python3 tools/measure.py

cluster: ## kill and cut off servers of a cluster of three under load, as root
	@python3 tools/cluster.py

deployment: ## try docs/deploy.md on a Debian made from nothing, as root, in a quarter of an hour
	@python3 tools/deploying.py
