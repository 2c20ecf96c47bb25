# What to run, in the order in which it is usually wanted. `make` alone is `make test`.

SHELL := /bin/bash
.DEFAULT_GOAL := test
CARGO ?= cargo
PYTHON ?= python3
RUNS ?= 10

.PHONY: test lint tools fixtures bench audit help

test: tools lint ## everything that must pass before a change goes in
	$(CARGO) test --workspace --locked --no-fail-fast

lint: ## formatting and clippy, warnings refused
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets --locked -- -D warnings

tools: ## what the tests open bundles with; installs only what is missing
	@bash .ci/tools

fixtures: ## rewrites the fixtures' data from their generators; fails if that changes a committed file
	@for script in fixtures/*/generate.py; do echo "$$script"; $(PYTHON) -B "$$script" || exit 1; done
	git diff --exit-code --stat -- fixtures

bench: ## every request of the fixtures with the release binary, timed (RUNS=10)
	$(CARGO) build --release --locked
	@bash .ci/bench $(RUNS)

audit: ## licences, sources, advisories and duplicates of the dependencies (needs cargo-deny)
	$(CARGO) deny check

help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12
