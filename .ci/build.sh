#!/usr/bin/env bash
# Builds what the portal serves: `build.sh browser` (WebAssembly, styles, hashed and compressed), `build.sh server` for tests
# and the demonstration, `build.sh production` for the program that one installs.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

STAMP=target/site.stamp

# True when something that goes to the browser is newer than the last build of it.
browser_is_stale() {
    [[ ! -f $STAMP || ! -d target/site/pkg || ! -f target/release/hash.txt ]] && return 0
    [[ -n $(find Cargo.toml Cargo.lock app style public end2end/package-lock.json end2end/tools -newer "$STAMP" -print -quit) ]]
}

browser() {
    if browser_is_stale; then
        # Panic messages hold the paths of sources: the module goes to the public, who need not know ours.
        export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}/registry/src= --remap-path-prefix=$PWD="
        local mark
        mark=$(mktemp -p target)
        rm -f "$STAMP"
        RUST_BACKTRACE=0 cargo leptos build --release --precompress --frontend-only --cargo-locked
        # TypeScript declarations are for people who write JavaScript against the module; nobody downloads them.
        find target/site/pkg -name '*.d.*.ts*' -delete
        # What was edited during the build is built again next time: the stamp bears the time at which it began.
        mv "$mark" "$STAMP"
    else
        echo "WebAssembly and styles: nothing changed since the last build"
    fi
    node end2end/tools/linked-names.mjs target/front/wasm32-unknown-unknown/wasm-release/app.wasm
    node end2end/tools/budget.mjs target/site/pkg
}

case "${1:-}" in
browser) browser ;;
# Not through cargo-leptos, whose environment would have Leptos compiled again for everyone else who builds in release.
server) cargo build --release --locked --package server --bin spaser ;;
production)
    cargo build --profile production --locked --package server --bin spaser "${@:2}"
    # The names of the hashed files are read beside the program.
    cp target/release/hash.txt target/production/
    ;;
*) stop "Usage : build.sh browser|server|production" "Usage: build.sh browser|server|production" ;;
esac
