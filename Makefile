# What developers run; `python3 start.py test` sets .venv up first.
PYTHON ?= .venv/bin/python
BIN = $(dir $(PYTHON))

.PHONY: check test score lint fmt lock speed readme

check: lint test score  ## all that .ci/run asks for

test:  ## the tests
	$(PYTHON) -m pytest

score:  ## the gold sets against bench/floors.toml
	$(PYTHON) bench/score.py

lint:  ## style, types, layers, the rules' examples
	$(BIN)ruff check .
	$(BIN)mypy
	$(BIN)lint-imports
	$(BIN)dragoman rules check --at-least 95

fmt:  ## put the code into one form
	$(BIN)ruff check --fix .
	$(BIN)ruff format .

lock:  ## after a change of dependencies in pyproject.toml
	uv lock
	uv export --frozen --quiet --no-default-groups --all-extras --no-emit-project --no-header --format requirements-txt -o requirements/run.txt
	uv export --frozen --quiet --group dev --no-group models --all-extras --no-emit-project --no-header --format requirements-txt -o requirements/dev.txt

speed:  ## the coder against the bare parser
	$(PYTHON) bench/speed.py

readme:  ## the output shown in the README, made anew
	$(PYTHON) tools/readme.py
