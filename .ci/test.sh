#!/usr/bin/env bash
# `make test`: from the cheapest check to the browser, each part timed; stops at the first that fails.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

export SPASER_TEST_RUN="$$-$RUN_STARTED"
# Snapshots are compared, never rewritten.
export INSTA_UPDATE=no

finish() {
    local status=$?
    trap - EXIT
    part "processes left behind" .ci/leftovers.sh "$SPASER_TEST_RUN" || status=1
    summary
    if [[ $status -eq 0 ]]; then
        printf 'make test: everything passed.\n'
    else
        printf 'make test: FAILED.\n'
        reasons
    fi
    exit "$status"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

part "room on the disk" .ci/checks.sh room
part "tools" .ci/tools.sh test
part "format" .ci/checks.sh format
part "dependencies (bans, licences)" .ci/checks.sh dependencies
part "browser dependency tree" .ci/checks.sh browser-tree
part "lints" .ci/checks.sh lint
part "lints of the browser build" .ci/checks.sh lint-browser
part "Rust tests, both engines" cargo test --workspace --locked
part "build for the browser" .ci/build.sh browser
part "build of the server" .ci/build.sh server
part "browser tests, types" npm run --prefix end2end --silent check
part "browser tests" npm run --prefix end2end --silent test
