# Two commands do everything: make report, make test.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
CORPUS ?= corpus
# Some systems set a variable NAME of their own, so it is taken from the command line alone.
NAME   :=
SEED   ?=
CODEBOOK ?=
ENCODER ?=
LIKE   ?=
PART   ?=
ENGINE ?=
SCHEDULER ?=
LAB_OPTIONS ?=
LOCKED ?=
OPTIONS := $(if $(SEED),--seed $(SEED)) $(if $(CODEBOOK),--codebook "$(CODEBOOK)") $(if $(ENCODER),--encoder "$(ENCODER)") \
           $(if $(ENGINE),--engine $(ENGINE)) $(if $(SCHEDULER),--scheduler $(SCHEDULER)) \
           $(if $(LIKE),--like "$(LIKE)")

.DEFAULT_GOAL := help
.PHONY: help audit setup report notebooks outputs test bench docs lint lab clean

help: ## What there is to make
	@echo "make report                 the shipped corpus: tables, charts, notebooks and report in runs/corpus"
	@echo "make report CORPUS=DIR      another folder or file of articles; NAME=name of the run, CODEBOOK=themes.yml,"
	@echo "                            ENCODER=model, ENGINE=torch, SCHEDULER=address, SEED=number, LIKE=runs/former"
	@echo "make lab                    JupyterLab on the notebooks, beginning with their start page; its address is printed"
	@echo "                            LAB_OPTIONS=\"--no-browser --ip=0.0.0.0 --port=8890\" on a server or in a container"
	@echo "make notebooks NAME=run     every notebook executed on a finished run, a line for each"
	@echo "make outputs                the essays in notebooks/ with what they show on the shipped corpus's run"
	@echo "make test                   lint, types and all tests; PART=topics for the tests of one room"
	@echo "make bench                  speed, agreement and memory of the embedding, into bench/results.md"
	@echo "make docs                   the pages of docs/ as a site in site/, the reference written anew"
	@echo "make setup                  only install what is needed into .venv; LOCKED=1: PyTorch aside, each file by its checksum"
	@echo "make audit                  known vulnerabilities of what requirements.lock names"
	@echo "make clean                  remove runs and caches of tools (not .venv)"

setup: $(VENV)/.ready ## Install into .venv when it is missing or older than what it must hold

$(VENV)/.ready: requirements.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV) (a few minutes the first time) …"
	@if [ -n "$(LOCKED)" ]; then \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check $$(grep "^torch==" requirements.txt) && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock; \
	else $(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt; fi
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@$(BIN)/python -m ipykernel install --sys-prefix --name press-themes --display-name "Press Themes" >/dev/null
	@touch $@

$(VENV)/.ready-dev: requirements-dev.txt $(VENV)/.ready
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

report: $(VENV)/.ready ## Run the pipeline on CORPUS into runs/NAME
	@$(BIN)/python -m press_themes run "$(CORPUS)" $(if $(NAME),--out "runs/$(NAME)") $(OPTIONS)
ifeq ($(strip $(OPTIONS)),)
	@if [ "$(CORPUS)" -ef corpus ]; then \
	  mkdir -p figures && rm -f figures/* && \
	  cd "runs/$(or $(NAME),corpus)/figures" && cp *.svg *.png *.csv *.txt "$(CURDIR)/figures/"; \
	fi
endif

test: $(VENV)/.ready-dev ## Lint, types, tests
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest -n auto --dist loadfile $(if $(PART),tests/$(PART))

audit: ## Known vulnerabilities; skipped, by name, where PyPI cannot be reached
	@if ! $(PYTHON) -c "from urllib.request import urlopen; urlopen('https://pypi.org/simple/pip/', timeout=20)" \
	    2>/dev/null; then echo "skipped: known vulnerabilities (pypi.org cannot be reached)"; else \
	  test -x .audit/bin/pip-audit || { $(PYTHON) -m venv .audit && \
	    .audit/bin/python -m pip install --quiet --disable-pip-version-check pip-audit==2.10.1; } && \
	  .audit/bin/pip-audit --disable-pip --require-hashes -r requirements.lock; fi

bench: $(VENV)/.ready-dev ## Measure the embedding on this machine
	@$(BIN)/python bench/embedding.py

docs: $(VENV)/.ready-dev ## The pages of docs/ as a site, links checked
	@$(BIN)/python docs/write_reference.py
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	@echo "site/index.html"

lint: $(VENV)/.ready-dev ## Mend what lint and format can mend
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

lab: $(VENV)/.ready ## JupyterLab on the start page of the notebooks
	@JUPYTER_CONFIG_PATH="$(CURDIR)/jupyter" $(BIN)/jupyter lab \
	  --LabApp.default_url="/lab/tree/notebooks/README.md" \
	  $(if $(filter 0,$(shell id -u)),--allow-root) $(LAB_OPTIONS)

notebooks: $(VENV)/.ready ## Execute every notebook on the run NAME, into runs/NAME-notebooks
	@$(BIN)/python -m press_themes notebooks "runs/$(or $(NAME),$$(basename "$(CORPUS)"))"

outputs: $(VENV)/.ready ## The essays where they lie, with their outputs, before a commit
	@test -f runs/corpus/run.json || { echo "there is no runs/corpus yet: make report" >&2; exit 1; }
	@$(BIN)/python -c "from press_themes.runs import notebooks as n; n.keep_outputs(n.find_notebooks())"

clean: ## Remove runs and caches of tools
	rm -rf runs site .ruff_cache .mypy_cache .pytest_cache
