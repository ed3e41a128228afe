#!/usr/bin/env bash
# `make run`: installs what is missing, builds, makes the demonstration data, and serves it on this machine.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

part "tools" .ci/tools.sh build
part "build for the browser" .ci/build.sh browser
part "build of the server" .ci/build.sh server

# Only defaults: what the demonstration needs beyond them is said here.
export SPASER__DEMO__ENABLED=true
export SPASER__LOG__FORMAT=text
export SPASER__LOG__FILTER=${SPASER__LOG__FILTER:-info}
mkdir -p var

part "demonstration data" target/release/spaser demo seed
summary
# The shell becomes the server: Ctrl-C reaches it, and nothing stays behind.
exec target/release/spaser serve
