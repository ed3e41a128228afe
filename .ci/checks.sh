#!/usr/bin/env bash
# The checks that run nothing: `checks.sh room|format|lint|lint-browser|dependencies|browser-tree|advisories`.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# A disk that fills up fails any test, each for a reason of its own: said before anything is built.
room() {
    local target=${CARGO_TARGET_DIR:-target} free built wanted=$((14 * 1024 * 1024))
    free=$(df --output=avail -k "$target" | tail -n 1)
    built=$(du -sk "$target" | cut -f 1)
    echo "$((free / 1024)) MiB free, $((built / 1024)) MiB built already"
    ((free + built >= wanted)) || stop "Il faut 14 Go libres pour construire et tester : $((free / 1024)) Mo le sont." \
        "Building and testing takes 14 GB: $((free / 1024)) MB are free."
}

format() { cargo fmt --all --check; }

lint() { cargo clippy --workspace --all-targets --locked -- -D warnings; }

# The same lints on what the browser compiles: other features, another target.
lint_browser() {
    cargo clippy --package app --lib --no-default-features --features hydrate \
        --target wasm32-unknown-unknown --locked -- -D warnings
}

dependencies() { cargo deny --locked check bans licenses sources; }

# What must never be compiled for the browser. Only what is linked: procedural macros run on this machine.
browser_tree() {
    local tree found
    tree=$(cargo tree --package app --no-default-features --features hydrate --target wasm32-unknown-unknown \
        --edges normal,no-proc-macro --prefix none --locked | awk '{ print $1 }' | sort -u)
    grep -qx leptos <<<"$tree" || stop "L'arbre des dépendances est vide." "The dependency tree is empty."
    found=$(grep -xE 'sqlx(-.*)?|sea-orm(-.*)?|tokio|hyper|lettre' <<<"$tree" || true)
    [[ -z $found ]] || stop "Interdit dans le navigateur : ${found//$'\n'/, }" "Not allowed in the browser: ${found//$'\n'/, }"
    echo "browser build: $(wc -l <<<"$tree") crates, none of sqlx, sea-orm, tokio, hyper, lettre"
}

advisories() {
    local log
    log=$(mktemp)
    if cargo deny --locked check advisories 2>&1 | tee "$log"; then
        rm -f "$log"
        return
    fi
    if grep -qE 'failed to (fetch|clone|open|acquire)|unable to (fetch|clone)|Network|network|resolve host|connect' "$log"; then
        rm -f "$log"
        stop "La base des avis de sécurité est hors d'atteinte : rien n'a été vérifié." \
            "The advisory database cannot be reached: nothing was checked."
    fi
    rm -f "$log"
    stop "Des dépendances ont un avis de sécurité (ci-dessus)." "Some dependencies have a security advisory (above)."
}

case "${1:-}" in
room) room ;;
format) format ;;
lint) lint ;;
lint-browser) lint_browser ;;
dependencies) dependencies ;;
browser-tree) browser_tree ;;
advisories) advisories ;;
*) stop "Usage : checks.sh NOM" "Usage: checks.sh NAME" ;;
esac
