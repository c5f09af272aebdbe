# The words of the house. Each sets up what it needs first, so a fresh machine needs git, make and Python 3.11+.
SHELL := /bin/bash
VENV  := .venv
PY    := $(VENV)/bin/python
UV    := .tools/bin/uv
NAME  ?=
ARGS  ?=

export UV_COMPILE_BYTECODE := 1
export PYTHONPATH := $(CURDIR)
export QT_API := pyside6
# The program starts several processes: their bytecode is worth keeping.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test test-unit check tour bench setup servers strings lock openapi clean

run: setup            ## the workstation with its embedded backend and demo data
	@$(PY) -m tools.run $(ARGS)

test: setup           ## every test
	@$(PY) -m tools.run_tests $(ARGS)

test-unit: setup      ## the quick part
	@$(PY) -m tools.run_tests --quick $(ARGS)

check: setup          ## style, types, rooms, strings, ids of requirements without a test
	@$(PY) -m tools.check

tour: setup           ## the whole path through the real window, pictures in out/tour
	@QT_QPA_PLATFORM=offscreen $(PY) -m tests.journeys.tour $(ARGS)

bench: setup          ## figures of the promises; NAME= picks one
	@$(PY) -m tools.bench $(NAME)

setup: .tools/system-window.ok $(VENV)/ready resources/i18n/ru.qm

servers:              ## what CI's tests run against, installed where root allows
	@installer/system_packages.sh servers

.tools/system-window.ok: installer/system_packages.sh
	@installer/system_packages.sh window
	@mkdir -p .tools && touch $@

$(UV): tools/bootstrap.lock
	@PYTHON=$$(tools/find_python.sh) && rm -rf .tools/venv && mkdir -p .tools/bin && \
	  $$PYTHON -m venv .tools/venv && \
	  .tools/venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r tools/bootstrap.lock && \
	  ln -sf ../venv/bin/uv $@ && touch $@

$(VENV)/ready: requirements.lock $(UV)
	@test -x $(PY) || $(UV) venv --quiet --python "$$(tools/find_python.sh)" $(VENV)
	@$(UV) pip sync --quiet --require-hashes --python $(PY) requirements.lock
	@touch $@

resources/i18n/ru.qm: $(wildcard resources/i18n/ru/*.ts) $(VENV)/ready
	@$(PY) -m tools.strings release

strings: setup        ## collect the strings of the interface into resources/i18n/ru
	@$(PY) -m tools.strings update

openapi: setup        ## write resources/openapi.json anew from the backend's code
	@$(PY) -m backend openapi > resources/openapi.json.new && mv resources/openapi.json.new resources/openapi.json

lock: $(UV)           ## resolve requirements.lock anew
	@$(UV) pip compile pyproject.toml --extra dev --universal --generate-hashes --python-version 3.11 \
	  --no-header --quiet -o requirements.lock
	@$(UV) pip compile tools/bootstrap.in --universal --generate-hashes --python-version 3.11 \
	  --no-header --quiet -o tools/bootstrap.lock

clean:
	@rm -rf out .mypy_cache .ruff_cache .pytest_cache
