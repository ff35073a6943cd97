# `make run` and `make test` are all one needs; `make help` lists the rest.
# Everything lands in this directory (.venv, var), but for the package managers' caches.

PYTHON ?= python3
PY := .venv/bin/python
# Our own packages, as the tools want them listed.
CODE := bench embedded pingh_portal $(patsubst %/apps.py,%,$(wildcard */apps.py))
# The tests' own services, which may forget what they hold after a power cut; not those of `make run`.
TESTS := PORTAL_DURABLE=0

# In an environment of its own, outside .venv. Strict: a package that wasn't looked up is a failure, which it else only mentions.
AUDIT := $(PY) -m uv tool run pip-audit==2.10.1 --strict --require-hashes --disable-pip --progress-spinner off
LOCK := $(PY) -m uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links $(UPGRADE) pyproject.toml

.DEFAULT_GOAL := help
.PHONY: help run test test-fast lint audit lock bench screenshots messages clean install

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/^([a-z-]+):.*## /  \1@/' | awk -F@ '{ printf "%-14s %s\n", $$1, $$2 }'

run: install  ## the portal at http://127.0.0.1:8000/ until Ctrl-C (PORT=8001 elsewhere, DEMO=0 without demo records)
	@exec $(PY) -m embedded.supervisor

test: install  ## every gate and every test
	@$(PY) .ci/needs.py
	@$(MAKE) --no-print-directory lint
	@$(TESTS) $(PY) -m pytest -n 2; code=$$?; $(PY) -m embedded.stop; exit $$code

test-fast: install  ## the tests that need neither browsers, races nor patience, for the inner loop
	@$(TESTS) $(PY) -m pytest -n 2 -q -m "not (browser or race or slow)"

lint: install  ## style, security, types, templates, directions between the apps, missing migrations
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy $(CODE)
	@$(PY) -m djlint --lint --quiet templates $(wildcard */templates)
	@$(PY) -c "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
	@$(TESTS) $(PY) manage.py makemigrations --check --dry-run

audit: install  ## known vulnerabilities in what we depend on (needs the advisory database)
	@$(AUDIT) -r requirements.txt

# Pins that stand stay; `make lock UPGRADE=--upgrade` looks for newer ones, UPGRADE="-P django" for those of one package.
lock: install  ## requirements.txt and deploy/requirements.txt from pyproject.toml
	@$(LOCK) --group dev -o requirements.txt
	@$(LOCK) -o deploy/requirements.txt

bench: install  ## the benchmarks; writes bench/results.md and bench/results.json
	@$(TESTS) $(PY) -m bench

screenshots: install  ## the README's pictures, made of the running product
	@$(PY) .ci/needs.py
	@$(TESTS) $(PY) docs/pictures/make.py

messages: install  ## collect new message ids into locale/ and compile the catalogues
	@$(PY) manage.py makemessages
	@$(PY) manage.py compilemessages

clean:  ## remove .venv, caches and what tests left; the portal's data stay (remove those with: rm -r var)
	@test ! -x $(PY) || $(PY) -m embedded.stop
	@rm -rf .venv var/test var/static var/cache var/log .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -not -path './var/*' -prune -exec rm -rf {} +

install:
	@$(PYTHON) embedded/install.py
