# The commands of the README. Everything that they need is installed or started by them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OLDEST := .venv/oldest
NEWEST := .venv/newest
PACKAGES = $(wildcard $(VENV)/lib/python3*/site-packages $(OLDEST)/lib/python3*/site-packages $(NEWEST))
STAMP := $(VENV)/.installed
# What asks the database nothing that another database would answer otherwise.
ONCE := browser docs hosts packaging words
NEEDED := Python 3.11 or newer with venv is needed: apt-get install python3 python3-venv, or set PYTHON=…

# The tests start hundreds of processes, each of which would compile everything anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test check bench docs screenshots borrowed messages quality clean

$(STAMP): setup.cfg pyproject.toml
	@$(PYTHON) -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "$(NEEDED)"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --upgrade pip
	$(BIN)/pip install --quiet -e '.[test,check]'
	touch $@

$(OLDEST)/.installed: $(STAMP)
	$(PYTHON) -m venv $(OLDEST)
	$(OLDEST)/bin/pip install --quiet -e '.[postgres]' 'wagtail==7.4.*' 'Django==5.2.*'
	touch $@

# Only its words are read, so that it need not run on this Python.
$(NEWEST)/.installed: $(STAMP)
	$(BIN)/pip install --quiet --no-deps --ignore-requires-python --target $(NEWEST) 'Django==6.1.*'
	touch $@

demo: $(VENV)/.demo
	@PORT=$(or $(PORT),8000) $(BIN)/python example_site/demo.py

$(VENV)/.demo: setup.cfg pyproject.toml
	@$(PYTHON) -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "$(NEEDED)"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing (once, a minute or two) …"
	@$(BIN)/pip install --quiet --quiet -e '.[demo]'
	@touch $@

test: $(STAMP)
	tests/prepare
	$(BIN)/python -m pytest -n 3
	$(BIN)/python -m tests.on_postgres $(BIN)/python -m pytest -n 3 $(addprefix --ignore=tests/,$(ONCE))

check: $(STAMP) $(OLDEST)/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --quiet --lint wagtail_diaspora example_site
	$(BIN)/lint-imports --no-cache
	$(BIN)/python tests/manage.py makemigrations --check --dry-run
	$(OLDEST)/bin/python tests/manage.py makemigrations --check --dry-run
	$(BIN)/python tests/manage.py check
	$(BIN)/python tests/manage.py diaspora_transliterate locale --check
	$(BIN)/python -m tests.deployable

messages: $(STAMP)
	cd wagtail_diaspora && for language in bs hr sr sr_Latn de en; do for domain in django djangojs; do \
	  ../$(BIN)/django-admin makemessages -v0 -d $$domain -l $$language --no-wrap --no-obsolete --add-location=file; \
	done; done
	sed -i '/^"POT-Creation-Date/d' locale/*/LC_MESSAGES/*.po
	$(BIN)/python -m tests.borrow fill $(PACKAGES)
	$(BIN)/python tests/manage.py diaspora_transliterate locale
	rm -f locale/*/LC_MESSAGES/*.mo
	cd wagtail_diaspora && ../$(BIN)/django-admin compilemessages -v0

borrowed: $(STAMP) $(OLDEST)/.installed $(NEWEST)/.installed
	$(BIN)/python -m tests.borrow list $(PACKAGES)
	$(MAKE) messages

bench: $(STAMP)
	$(BIN)/pip install --quiet -e '.[bench]'
	$(BIN)/python -m benchmarks.run $(if $(ONLY),--only $(ONLY))

# Java 17, npm and Chromium are needed.
quality: $(STAMP)
	npm install --silent --ignore-scripts --prefix $(VENV)/node vnu-jar lighthouse
	$(BIN)/python -m tests.quality.markup $(VENV)/node/node_modules/vnu-jar/build/dist/vnu.jar
	CHROME_PATH=$$(command -v chromium || command -v google-chrome) \
	  $(BIN)/python -m tests.quality.lighthouse $(VENV)/node/node_modules/.bin/lighthouse

docs: $(STAMP)
	$(BIN)/pip install --quiet --quiet -e '.[docs]'
	$(BIN)/python docs/cyrillic.py --check
	$(BIN)/sphinx-build -W --keep-going -q docs docs/_build/html
	@echo "Open docs/_build/html/index.html"

screenshots: $(STAMP)
	$(BIN)/python docs/screenshots.py $(LANGUAGES)

clean:
	rm -rf $(VENV) build dist *.egg-info
