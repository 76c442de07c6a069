# Every target makes the environment it needs, from locked versions, in .venv.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
RUN_STAMP := .venv/.run-stamp
DEV_STAMP := .venv/.dev-stamp
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet

.PHONY: demo run test quick lint types architecture tests compiled compiled-tests coverage format lock clean

demo: $(RUN_STAMP)  ## the main job on bundled sample feeds; no token, nothing left behind
	@$(BIN)/communique demo

run: $(RUN_STAMP)  ## the service, with the curated public feeds; alerts on this terminal until a token is set
	@mkdir -p data
	@$(BIN)/communique feeds import --defaults
	@$(BIN)/communique run

test: lint types architecture tests compiled-tests  ## everything that has to hold

lint: $(DEV_STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(DEV_STAMP)
	$(BIN)/mypy

architecture: $(DEV_STAMP)
	$(BIN)/lint-imports

tests: $(DEV_STAMP)
	COMMUNIQUE_COMPILED=off $(BIN)/pytest -n auto

compiled: $(DEV_STAMP)  ## the rooms that compute as machine code, twice as fast; needs a C compiler
	@$(BIN)/python -m bot.compiled.build

compiled-tests: $(DEV_STAMP)  ## the same rooms' tests, on the machine code
	@if command -v cc > /dev/null; then \
		$(BIN)/python -m bot.compiled.build > /dev/null && \
		$(BIN)/pytest -n auto tests/compiled tests/analysis tests/domain tests/lexicons; else \
		echo "no C compiler here: the analyst was tested as Python only"; fi

quick: $(DEV_STAMP)  ## the tests that take a moment
	$(BIN)/pytest -n auto -m "not slow"

coverage: $(DEV_STAMP)
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest
	$(BIN)/coverage combine
	$(BIN)/coverage report

format: $(DEV_STAMP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# The locks hold hashes and no addresses, so that any index that serves these files will do.
lock:
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet -o requirements.lock
	uv pip compile --group build --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet -o requirements-build.lock
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet -o requirements-dev.lock
	uv pip compile --group compile --constraint requirements-dev.lock --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet -o requirements-compile.lock

# A development environment can run the bot too: then nothing is installed twice.
$(RUN_STAMP): requirements.lock requirements-build.lock pyproject.toml
	@test -x $(BIN)/python || { echo "making .venv (once)"; $(PYTHON) -m venv .venv; }
	@if test -e $(DEV_STAMP) -a ! requirements-dev.lock -nt $(DEV_STAMP); then :; else \
		echo "installing locked versions"; \
		$(PIP) install --require-hashes -r requirements.lock -r requirements-build.lock && \
		$(PIP) install --no-deps --no-build-isolation --editable . ; fi
	@touch $@

$(DEV_STAMP): requirements-dev.lock pyproject.toml
	@test -x $(BIN)/python || { echo "making .venv (once)"; $(PYTHON) -m venv .venv; }
	@echo "installing locked versions"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache build dist
