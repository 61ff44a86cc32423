.DEFAULT_GOAL := help
PYTHON ?= python3
PORT ?= 8050
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

help: ## show these targets
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12

.venv/run: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv; $(BIN)/pip install -q -c constraints.txt -e . && touch $@

.venv/dev: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv; $(BIN)/pip install -q -c constraints.txt -e '.[dev]' && touch $@ .venv/run

.venv/bench: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv; $(BIN)/pip install -q -c constraints.txt -e '.[bench]' && touch $@ .venv/dev .venv/run

run: .venv/run ## load the demonstration, print what is off track, serve the dashboard (PORT=8050)
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh data/demonstration/run.sh $(PORT)

test: .venv/dev ## ruff, mypy --strict, pytest
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/pytest -n 2 -q

format: .venv/dev ## format the code
	$(BIN)/ruff format . && $(BIN)/ruff check --fix .

score: .venv/run ## score extraction on the gold texts
	$(BIN)/python benchmarks/score.py

bench: .venv/bench ## speed and memory, as ratios within one run
	$(BIN)/python benchmarks/run.py

soak: .venv/dev ## the long forms of the kill, race and full-disk tests
	$(BIN)/python benchmarks/soak.py

clean: ## remove the environment and the demonstration store
	rm -rf .venv data/store
