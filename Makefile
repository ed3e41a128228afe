# Everything one does with the project. `make help` lists the targets; the work is in .ci/*.sh, each part timed.

SHELL := bash
.DEFAULT_GOAL := help
.PHONY: help run test build dev fmt lint bench soak fuzz audit screenshots

help: ## This list
	@awk -F ':.*## ' '/^[a-z][a-z-]*:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Install what is missing, build, and serve the demonstration on http://127.0.0.1:3000
	@exec .ci/demo.sh

test: ## Everything that must pass: format, lints, dependencies, Rust tests on both engines, browser tests
	@exec .ci/test.sh

build: ## What one installs: target/production/spaser, fully optimised, and the files of target/site
	@.ci/tools.sh build
	@.ci/build.sh browser
	@.ci/build.sh production

dev: ## Serve with reload while one edits (unoptimised, its own site folder)
	@.ci/tools.sh build
	@mkdir -p var
	LEPTOS_SITE_ROOT=target/site-dev SPASER__SERVER__SITE_ROOT=target/site-dev SPASER__DEMO__ENABLED=true SPASER__LOG__FORMAT=text \
		cargo leptos watch -- serve

fmt: ## Format the Rust code
	cargo fmt --all

lint: ## Lints, on the server build and on the browser build
	@.ci/checks.sh lint && .ci/checks.sh lint-browser

audit: ## Security advisories of the dependencies (needs their public database)
	@.ci/tools.sh audit
	@.ci/checks.sh advisories

bench: ## Measure: pages against a bare handler, start, memory; a million contracts and the feed and saves while typing against the engines by themselves
	@.ci/tools.sh bench
	@.ci/build.sh browser
	@.ci/build.sh production --bin bare
	@node end2end/bench/run.mjs
	@node end2end/bench/contracts/run.mjs
	@node end2end/bench/feed.mjs
	@node end2end/bench/typing.mjs

soak: ## The long runs: 1,000 races between two processes, a minute of writers and readers, a file of 5 GB within 512 MiB
	@.ci/tools.sh test
	SPASER_RACES=1000 SPASER_BUSY_SECONDS=60 SPASER_IMPORT_MEGABYTES=5000 cargo test --package server --test it --locked processes

fuzz: ## Any bytes to every address, and any sequence of saves, on both engines, for long (SPASER_FUZZ_SEED plays one again)
	@.ci/tools.sh test
	SPASER_FUZZ_SEED=$${SPASER_FUZZ_SEED:-$$(date +%s)} SPASER_FUZZ_ROUNDS=$${SPASER_FUZZ_ROUNDS:-100} \
		SPASER_FUZZ_SEQUENCES=$${SPASER_FUZZ_SEQUENCES:-500} \
		cargo test --package server --test it --locked -- --nocapture fuzz:: typing::sequences

screenshots: ## Pictures of the pages (1280 px, 390 px, dark, keyboard focus, no JavaScript) in end2end/results
	@.ci/tools.sh test
	@.ci/build.sh browser
	@.ci/build.sh server
	@cd end2end && SCREENSHOTS=1 npx playwright test --project=screenshots
