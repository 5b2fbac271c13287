# Everything that is done with this project by hand or by machine. `make` alone lists it.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install install-tests browser run test check bench

SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
SAY := @printf '\n== %s\n'

# The one command that serves the page stands in the Procfile.
SERVE := $(shell sed -n 's/^web: //p' Procfile)

help:
	@echo 'make install   the environment in .venv, from requirements.txt'
	@echo 'make run       the dashboard at http://127.0.0.1:8050 (AMPARO_HOST and AMPARO_PORT change the address)'
	@echo 'make test      every test, those in a real browser included'
	@echo 'make check     style, types and the reference data'
	@echo 'make bench     the benchmarks'

$(BIN)/python:
	$(SAY) 'Making the environment in $(VENV)'
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'Amparo needs Python 3.11 or later. Name one: make PYTHON=/path/to/python3.11 install' >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo 'Python could not make an environment. On Debian or Ubuntu: apt-get install python3-venv' >&2; exit 1; }

# A stamp is newer than the list it was installed from: a second run has nothing to do.
$(VENV)/.installed: requirements.txt | $(BIN)/python
	$(SAY) 'Installing what the dashboard needs (about 640 MB, once)'
	@$(PIP) install --requirement requirements.txt
	@touch $@

$(VENV)/.installed-tests: requirements.txt tests/requirements.txt | $(BIN)/python
	$(SAY) 'Installing what the tests need (once)'
	@$(PIP) install --requirement tests/requirements.txt
	@touch $(VENV)/.installed $@

$(VENV)/.installed-bench: tests/benchmarks/requirements.txt $(VENV)/.installed-tests | $(BIN)/python
	$(SAY) 'Installing the peers that the benchmarks compare with (once)'
	@$(PIP) install --requirement tests/benchmarks/requirements.txt
	@touch $@

install: $(VENV)/.installed

install-tests: $(VENV)/.installed-tests

# Never fails: without a browser the tests that want one do, and they say what to do.
browser: install-tests
	$(SAY) 'Looking for Chromium'
	@$(BIN)/python tests/browser/chromium.py || true

run: install
	$(SAY) 'Reading the data and starting the server'
	@PATH="$(CURDIR)/$(BIN):$$PATH" exec $(SERVE)

test: install-tests browser
	$(SAY) 'Running the tests$(if $(AMPARO_CORPUS),, but for those on the shared corpora (AMPARO_CORPUS is not set))'
	@$(BIN)/python -m pytest $(TESTS)

check: install-tests
	$(SAY) 'Style'
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	$(SAY) 'Types'
	@$(BIN)/mypy
	$(SAY) 'Reference data'
	@$(BIN)/python -m geodata check

bench: install-tests $(VENV)/.installed-bench
	$(SAY) 'Running the benchmarks'
	@$(BIN)/python -m pytest -n 0 --capture=no tests/benchmarks
