# Thin over tests/scripts: each target says here what it is for, and the scripts say how.

.PHONY: run build test faults fuzz audit screenshot setup-build clean

run: ## Install what is missing, build, and serve the page on this machine
	@tests/scripts/run.sh

build: setup-build ## Make dist/: index.html to host, ziping.html to hand out
	@tests/scripts/build.sh

test: ## The whole test suite
	@tests/scripts/test.sh

faults: build ## Kill the browser while somebody types, fill and damage its stores: a table of what survived (TRIALS=50)
	@tests/scripts/setup.sh test
	@node tests/faults/run.mjs $(or $(TRIALS),50)

fuzz: ## Every parser against made-up input, T seconds each (60); needs a nightly compiler
	@T=$(or $(T),60) tests/scripts/fuzz.sh

audit: ## Licences and sources of all dependencies, and known holes where the database can be reached
	@tests/scripts/audit.sh

screenshot: ## The picture of the built page that the README shows
	@tests/scripts/screenshot.sh

setup-build: ## Install what building needs, at pinned versions
	@tests/scripts/setup.sh build

clean: ## Remove what was built here (the tools in ~/.cache/ziping-tools stay)
	rm -rf dist target tests/e2e/node_modules tests/tools/node_modules
