# Calcapp. `make run` serves it, `make test` tests it; both make what is missing, and need only Python 3.11 or newer.
PYTHON ?= python3
PORT ?= 8000
export PORT
# With bytecode, workers, servers and cells start in two thirds of the time.
unexport PYTHONDONTWRITEBYTECODE
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help run test rehearse coverage check bench oracle fuzz guards faults format lock

help: ## Say what can be made
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "  make %-8s %s\n", $$1, $$2}'

run: ## Serve on http://127.0.0.1:8000 (make run PORT=8001 for another port)
	@$(PYTHON) bin/prepare.py run
	@exec $(BIN)/python -m calcapp.serve

test: ## Run the tests
	@$(PYTHON) bin/prepare.py test
	@$(BIN)/python -m pytest -q -n 3 --dist loadfile --no-loadscope-reorder -m "not rehearsal"

rehearse: ## Run the long ones: whole systems from nothing, every task in a browser
	@$(PYTHON) bin/prepare.py dev
	@$(BIN)/python -m pytest -q -n 3 --dist worksteal -m rehearsal

coverage: ## Hold that the facts about the engine run through every branch of it
	@$(PYTHON) bin/prepare.py dev
	@$(BIN)/python -m pytest -q -n 2 tests/engine --cov $(foreach luck,fuzz oracle properties,--ignore=tests/engine/test_$(luck).py)

check: ## Lint, types, imports, templates, locks
	@$(PYTHON) bin/prepare.py dev
	@$(BIN)/python bin/check.py

bench: ## Measure
	@$(PYTHON) bin/prepare.py dev
	@$(BIN)/python -m benchmarks

oracle: ## Check 100,000 generated expressions against independent oracles (SEED=2)
	@$(PYTHON) bin/prepare.py dev
	@$(BIN)/python -m benchmarks.oracle --seed $(or $(SEED),1)

fuzz: ## Try to hang or crash the engine with 200,000 expressions (SEED=2)
	@$(PYTHON) bin/prepare.py dev
	@$(BIN)/python -m benchmarks.fuzz --seed $(or $(SEED),1)

guards: ## Take out each guard of who may do what; the tests must notice (ONLY=passkey)
	@$(PYTHON) bin/prepare.py dev
	@$(BIN)/python -m tests.mutate_access $(ONLY)

faults: ## Hurt the whole system in every way, and look whether anything is lost (SEED=2)
	@$(PYTHON) bin/prepare.py dev
	@$(BIN)/python -m benchmarks.faults --seed $(or $(SEED),1)

format: ## Write the code in the usual form
	@$(PYTHON) bin/prepare.py dev
	@$(BIN)/ruff check --fix --exit-zero --quiet && $(BIN)/ruff format --quiet

lock: ## Lock requirements*.in into requirements*.txt, with hashes
	@$(PYTHON) bin/prepare.py dev
	@for lock in $(basename $(wildcard requirements*.in)); do \
	  UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
	    --generate-hashes --no-emit-index-url --output-file $$lock.txt $$lock.in || exit 1; \
	done
