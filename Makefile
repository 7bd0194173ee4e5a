# Every target works in a fresh clone: the first one makes .venv with plain pip.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint format bench clean

help: ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(STAMP): pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing Cordon into $(VENV) (once; again when pyproject.toml changes)" >&2
	@$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@

setup: $(STAMP) ## make .venv and install Cordon with its development tools

demo: $(STAMP) ## read the example report and print its checked dossier
	@$(BIN)/cordon read examples/drone-factory-report.txt || [ $$? -eq 1 ]

test: lint ## lint, type-check and run every test that needs no server
	@$(BIN)/python -m pytest -q -m "not server"

lint: $(STAMP) ## ruff and mypy
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: $(STAMP) ## let ruff rewrite the code
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(STAMP) ## measure start-up, screening, reading, the record and the size of the install
	@$(BIN)/python bench/everyday.py
	@$(BIN)/python bench/record.py

clean: ## remove .venv and caches
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
