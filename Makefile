# Everything that the repository can do for itself. `make` alone lists it.

NEW_ENOUGH := import sys; sys.version_info < (3, 11) and sys.exit("Python 3.11 or newer is needed: name one by PYTHON=...")
ifndef PYTHON
PYTHON := $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c '$(NEW_ENOUGH)' 2>/dev/null && echo $$python && break; done)
endif
RUN := tools/run
SOURCES = provider components lab tests tools
PROGRAMS = $(wildcard __main__.py examples/*/__main__.py)
PACKETS ?= 1
TESTS = $(wildcard tests/unit tests/contract tests/engine $(if $(filter-out 0,$(PACKETS)),tests/packets))
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help setup check lint types imports docs reference reference-check test bench demo format clean

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## make .venv with the project and its tools, the Pulumi CLI, and what tests with real packets need of Debian
	@$(or $(PYTHON),python3) -c '$(NEW_ENOUGH)'
	@$(PYTHON) -m tools.setup

check: lint types imports docs reference-check ## run all checks that need no test

lint: setup ## ruff: rules and format
	$(RUN) ruff check .
	$(RUN) ruff format --check .

types: setup ## mypy, strict
	$(RUN) mypy $(SOURCES)
	@for program in $(PROGRAMS); do $(RUN) mypy $$program || exit 1; done

imports: setup ## import-linter: who may import whom
	$(RUN) lint-imports --no-logo

docs: setup ## build the documentation into build/docs, warnings are errors
	$(RUN) mkdocs build --strict

reference: setup ## write the reference pages from the declarations
	$(RUN) python -m isthmus.declare.reference docs/reference
	$(RUN) python -m isthmus_lab.routeros.unverified > docs/lab-unverified.md

reference-check: setup
	rm -rf build/reference
	$(RUN) python -m isthmus.declare.reference build/reference
	$(RUN) python -m isthmus_lab.routeros.unverified > build/lab-unverified.md
	diff -r docs/reference build/reference && diff docs/lab-unverified.md build/lab-unverified.md \
		|| { echo "the reference is out of date: run make reference" >&2; exit 1; }

test: setup ## run all tests, fast ones first; PACKETS=0 leaves out those with real packets, ARGS="-k ..." goes to pytest
	$(RUN) python -m pytest --durations=10 $(TESTS) $(ARGS)

bench: setup ## measure, print a table, write build/bench.json
	$(RUN) python -m tests.bench

demo: setup ## two emulated routers, one tunnel, from nothing to destroyed
	$(RUN) python -m tools.demo

format: setup ## let ruff rewrite the code
	$(RUN) ruff check --fix .
	$(RUN) ruff format .

clean: ## remove what was made, except .venv and the user's cache
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
