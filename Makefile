# Two commands do everything on a fresh machine with Python (>= 3.11, venv, pip), git and make:
#   make run    sets up and starts the dashboard          make test    sets up and checks everything
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
UV     := $(shell command -v uv 2>/dev/null)
# Where the labelled data for tests and evaluation lie; tests that need them skip when absent.
export OVERFLIGHT_SHARED ?= $(abspath ../shared)

.DEFAULT_GOAL := help
.PHONY: help run demo test check format eval eval-extra bench bench-fetch bench-polite bench-5000 bench-many docs figures snapshots pictures lock clean soak site

help: ## Say what there is to do
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | awk -F'\t' '{printf "  make %-10s %s\n", $$1, $$2}'

run: $(VENV)/.run-installed ## Set up, then start the dashboard on the built-in feeds
	$(BIN)/overflight $(ARGS)

demo: $(VENV)/.run-installed ## Set up, then watch the recorded world: live panes without a network
	$(BIN)/overflight demo $(ARGS)

test: check ## Set up, then formatting, lint, strict types, import contracts and all tests
	$(BIN)/python -m pytest -n 3 --dist loadgroup $(ARGS)

check: $(VENV)/.dev-installed ## Set up, then formatting, lint, strict types, import contracts and the tests of the structure
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q tests/architecture

format: $(VENV)/.dev-installed ## Put the code into house style
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

eval: $(VENV)/.dev-installed ## Measure accuracy on the labelled headlines, beside two baselines
	$(BIN)/python -m bench.evaluate --errors $(ARGS)

eval-extra: $(VENV)/.evaluation-installed ## Install the embedding baseline for `make eval` (some 6 GB)

bench: $(VENV)/.dev-installed ## Measure speed and memory
	$(BIN)/python -m bench.reading_start
	$(BIN)/python -m bench.reading_speed
	$(BIN)/python -m bench.start_and_idle
	$(BIN)/python -m bench.board_50k
	$(BIN)/python -m bench.round_1000
	$(BIN)/python -m bench.keys_under_load
	$(BIN)/python -m bench.ui_in_a_terminal

bench-fetch: $(VENV)/.dev-installed ## Reload 1,000 feeds beside newsboat and `reader`, five rounds (some 15 minutes)
	$(BIN)/python -m bench.fetch $(ARGS)

bench-polite: $(VENV)/.dev-installed ## How politely feeds are asked: scored for a simulated week, and requests a day
	$(BIN)/python -m bench.politeness
	$(BIN)/python -m bench.requests_a_day

bench-5000: $(VENV)/.dev-installed ## 5,000 feeds at a ten-minute rhythm with the dashboard open (some 5 minutes)
	$(BIN)/python -m bench.five_thousand $(ARGS)

bench-many: $(VENV)/.dev-installed ## Twenty processes on one database for ten minutes; lock errors must be none
	$(BIN)/python -m bench.many_at_once $(ARGS)

figures: $(VENV)/.dev-installed ## Every figure that must hold: target, measured, pass or short (ARGS=--all measures all of them)
	$(BIN)/python -m bench.figures $(ARGS)

site: $(VENV)/.dev-installed ## Build the documentation into build/site, warnings as errors
	$(BIN)/zensical build --strict --clean

soak: $(VENV)/.dev-installed ## Endure: a simulated week, 1,000 kills and the rest in full, some hours (ARGS="s2 --short" for less)
	nice -n 10 $(BIN)/python -m bench.soak $(ARGS)

snapshots: $(VENV)/.dev-installed ## Draw the pictures of the screens anew (look at each before you commit it)
	$(BIN)/python -m pytest tests/ui -k snapshot --snapshot-update $(ARGS)

pictures: $(VENV)/.dev-installed ## Draw the pictures of the README anew from the recorded world (look at each)
	$(BIN)/python -m scripts.draw_pictures

docs: $(VENV)/.dev-installed ## Write the pages of docs/ anew that are made of the program itself
	$(BIN)/python -m scripts.write_docs

lock: $(VENV)/.dev-installed ## Resolve the dependencies anew into requirements/ (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --upgrade pyproject.toml --group build -o requirements/run.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml --group dev --all-extras -c requirements/run.txt -o requirements/dev.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --group evaluation -c requirements/dev.txt -o requirements/evaluation.txt

clean: ## Remove what building and testing left behind
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache snapshot_report.html

$(VENV)/bin/python:
ifdef UV
	$(UV) venv --quiet --python $(PYTHON) $(VENV)
else
	$(PYTHON) -m venv $(VENV)
endif

$(VENV)/.run-installed: requirements/run.txt pyproject.toml | $(VENV)/bin/python
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Overflight needs Python 3.11 or newer; set PYTHON=/path/to/it"; exit 2; }
ifdef UV
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/run.txt
	$(UV) pip install --quiet --python $(BIN)/python --no-build-isolation --no-deps -e .
else
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
endif
	@touch $@

$(VENV)/.dev-installed: requirements/dev.txt $(VENV)/.run-installed
ifdef UV
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.txt
else
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
endif
	@touch $@

$(VENV)/.evaluation-installed: requirements/evaluation.txt $(VENV)/.dev-installed
ifdef UV
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/evaluation.txt
else
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/evaluation.txt
endif
	@touch $@
