# `make` lists the targets. Each makes .venv when it is missing or older than requirements.txt.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DOCS ?= corpus/texts
OUT ?= out
GOLD ?= corpus/gold
DATA ?= ../shared
WORK := build/models# what training makes on the way; a run that was broken off goes on from here

.DEFAULT_GOAL := help
.PHONY: help install extract score test lint types check docs snapshots bench ablation vectors models stanza pins clean

help: ## list the targets
	@echo "make TARGET, where TARGET is one of"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-10s %s\n", $$1, $$2 }'

install: $(READY) ## make .venv with kztext and all it needs

$(READY): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "kztext needs Python 3.11 or newer: make PYTHON=/path/to/python3.12 $(MAKECMDGOALS)" >&2; exit 2; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

extract: $(READY) ## read DOCS (corpus/texts) and write the CSV files to OUT (out)
	$(BIN)/kztext extract "$(DOCS)" --out "$(OUT)"

score: $(READY) ## precision, recall and F1 against GOLD (corpus/gold), checked with tests/scores.toml
	$(BIN)/kztext score "$(GOLD)" --floor tests/scores.toml

test: $(READY) ## run the tests
	$(BIN)/pytest -q

lint: $(READY) ## style of the code, and who may import whom
	$(BIN)/ruff check src tests tools
	$(BIN)/ruff format --check src tests tools
	$(BIN)/lint-imports

types: $(READY) ## check the types
	$(BIN)/mypy

check: lint types test ## lint, types and test

docs: $(READY) ## write the generated parts of docs/ and README.md anew
	$(BIN)/python tools/docs.py
	$(BIN)/kztext score "$(GOLD)" --page docs/confidence.md

snapshots: $(READY) ## write tests/snapshots anew (read the difference first)
	$(BIN)/python tests/test_snapshots.py
	$(BIN)/python tests/test_relate_examples.py --renew

bench: $(READY) ## figures and speed on the benchmarks beside the checkout, into docs/benchmarks.md
	$(BIN)/kztext bench --page docs/benchmarks.md

ablation: $(READY) ## what each engine adds to the rules, and its costs, into docs/engines.md
	$(BIN)/python tools/ablation.py --page

vectors: $(READY) ## download the word vectors that the topic model is trained on
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --no-deps --dest vectors natasha==1.6.0

models: $(READY) ## train the models anew from DATA (../shared), with their figures
	@test -d "$(DATA)/ud" || { echo "make models: no treebanks in $(DATA)/ud; docs/models.md says which ones" \
	  "are needed, make models DATA=/path/to/them names another place" >&2; exit 2; }
	@ls vectors/natasha-*.whl >/dev/null 2>&1 || $(MAKE) --no-print-directory vectors
	$(BIN)/python -m kztext.train.nlp --data "$(DATA)" --work $(WORK)
	OMP_NUM_THREADS=1 $(BIN)/python -m kztext.train.topics
	OMP_NUM_THREADS=1 $(BIN)/python -m kztext.train.linker
	@if $(BIN)/python -c 'import stanza' 2>/dev/null; then \
	  $(BIN)/python -m kztext.train.stanza --data "$(DATA)" --work $(WORK); \
	  else echo "models/stanza left as it is: run 'make stanza' first to train it too" >&2; fi
	rm -rf $(WORK)

stanza: $(VENV)/.stanza ## add Stanza and torch to .venv, for `--engine stanza`

$(VENV)/.stanza: $(READY) requirements-stanza.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt -r requirements-stanza.txt
	touch $@

pins: ## write requirements.txt anew from what .venv holds; with Stanza in it, requirements-stanza.txt
	if [ -e $(VENV)/.stanza ]; then file=requirements-stanza.txt; known=requirements.txt; \
	  else file=requirements.txt; known=/dev/null; fi; \
	{ sed -n '/^#/p' $$file; $(BIN)/python -m pip freeze --exclude-editable | sed 's/+cpu$$//' \
	  | grep -vxFf $$known | LC_ALL=C sort -f; } > requirements.new && mv requirements.new $$file

clean: ## remove .venv, caches and output
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache out build dist
