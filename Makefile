# The door for people. `make setup` makes everything from nothing; the rest build on it.
MAKEFLAGS += --no-print-directory
PYTHON = .venv/bin/python
SOURCES = manage.py config accounts directory cases letters benchmarks tests bin

.PHONY: setup run test check fix bench drill-outbox lock docs

setup: ## everything from nothing, and nothing where nothing changed
	@bin/setup

run: setup ## the demo on 127.0.0.1:8000 (PORT=8010 for another), until Ctrl-C
	@exec env PORT=$(or $(PORT),8000) setpriv --pdeathsig TERM $(PYTHON) -m config.demo.supervisor

test: setup ## every test, on two processes
	@bin/system-libraries tests
	$(PYTHON) -m pytest -n 2 --dist loadgroup -q

check: setup ## format, lint, types, imports, templates, migrations, lock
	@bin/check

fix: setup ## mend what the tools can mend
	.venv/bin/ruff check --fix $(wildcard $(SOURCES))
	.venv/bin/ruff format $(wildcard $(SOURCES))
	.venv/bin/djangofmt templates

bench: setup ## the benchmarks, a line each
	$(PYTHON) -m benchmarks

drill-outbox: setup ## send to a local sink while senders are killed at random (KILLS=1000; RESTARTS=100: the database too; WORKERS=yes or BROKER=redis://…: Celery workers)
	@$(if $(BROKER),CELERY_BROKER_URL=$(BROKER)) $(PYTHON) manage.py drill_outbox --kills $(or $(KILLS),$(if $(RESTARTS),0,1000)) \
	  --restarts $(or $(RESTARTS),0) $(if $(WORKERS)$(BROKER),--workers)

lock: setup ## pin what pyproject.toml asks for, with hashes and without the name of any index (NEWER=--upgrade takes newer ones)
	.venv/bin/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 $(NEWER) \
	  --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
	  --quiet -o requirements.lock

docs: ## where to read on
	@echo "README.md, then docs/architecture.md and docs/decisions/"
