# Needs Python 3.11 or newer with venv, and make. Everything else is installed into .venv, once.

PYTHON ?=
WORKERS ?= 2
SIZE ?= small
PORT ?= 8000
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest -q -n $(WORKERS) --dist loadfile --no-loadscope-reorder
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq --no-input

# What is started again and again, as `peil` is by the tests, is compiled once.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo test test-slow check check-full bench docs clean

help: ## list these words
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-11s %s\n", $$1, $$2}'

demo: .venv/.base ## make up a company, take in its files, write its report and run the app on it; PORT=8001 elsewhere
	@$(BIN)/peil demo demo --serve --port $(PORT)

test: .venv/.dev ## run the tests
	@$(PYTEST) -m "not slow and not full"

test-slow: .venv/.dev ## run the slower tests: processes that are killed, other engines, whole walks
	@$(PYTEST) -m "slow and not full"

check: .venv/.dev ## check format, lint, types and the order of the rooms
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

check-full: check ## check, and run every test, the long ones too
	@$(PYTEST)

bench: .venv/.dev ## compare with peers, as ratios; SIZE=small or SIZE=full
	@$(BIN)/python -m benchmarks --size $(SIZE)

docs: .venv/.dev ## write the generated pages anew
	@$(BIN)/python docs/build.py
	@$(BIN)/python docs/build_cli.py
	@$(BIN)/python -m tests.docs.pages

clean: ## remove .venv, the demo and what tools left behind
	rm -rf .venv demo build dist src/*.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A file that says "done", so that installing happens once, and again when the pins change.
.venv/.base: requirements/base.txt pyproject.toml | .venv/bin/python
	@if [ ! -e .venv/.dev ]; then $(MAKE) --no-print-directory install FROM=base; fi
	@touch $@

.venv/.dev: requirements/dev.txt pyproject.toml | .venv/bin/python
	@$(MAKE) --no-print-directory install FROM=dev
	@touch $@

.PHONY: install
install:
	@echo "Installing requirements/$(FROM).txt into .venv; this is done once." >&2
	@$(PIP) install --require-hashes -r requirements/$(FROM).txt
	@$(PIP) install --no-deps --no-build-isolation --editable .

.venv/bin/python:
	@for python in $(PYTHON) python3.13 python3.12 python3.11 python3.14 python3 python; do \
	  "$$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue; \
	  "$$python" -m venv .venv && exit 0; \
	done; \
	rm -rf .venv; \
	echo "Peil needs Python 3.11 or newer with the venv module, and found none." >&2; \
	echo "Install one (on Debian or Ubuntu: python3 and python3-venv), or name it: make PYTHON=/path/to/python3 test" >&2; \
	exit 1
