#!/usr/bin/env bash
# Checks what the machine has and installs what is missing: `tools.sh build`, `tools.sh test`, `tools.sh bench`.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

CARGO_LEPTOS=0.3.10 # 0.3.11 wants a newer rustc
CARGO_DENY=0.20.2
# The program that joins the WebAssembly and its JavaScript must have the version of the library, to the digit.
WASM_BINDGEN=$(awk '$0 == "name = \"wasm-bindgen\"" { getline; gsub(/[^0-9.]/, ""); print; exit }' Cargo.lock)

base() {
    command -v cargo >/dev/null && command -v rustc >/dev/null || stop \
        "Il manque Rust (cargo et rustc) : installez-le avec rustup, puis relancez." \
        "Rust (cargo and rustc) is missing: install it with rustup, then try again."
    local wanted found
    wanted=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
    found=$(rustc --version | awk '{ print $2 }')
    [[ $(printf '%s\n%s\n' "$wanted" "$found" | sort -V | head -1) == "$wanted" ]] || stop \
        "Rust $found est trop ancien : il faut au moins $wanted (rustup update)." \
        "Rust $found is too old: at least $wanted is needed (rustup update)."
    command -v cc >/dev/null || stop \
        "Il manque un compilateur C (cc) : paquet gcc ou clang." \
        "A C compiler (cc) is missing: package gcc or clang."
    command -v node >/dev/null && command -v npm >/dev/null || stop \
        "Il manque Node.js 20.19 ou plus récent, avec npm." \
        "Node.js 20.19 or newer, with npm, is missing."
    node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' || stop \
        "Node.js $(node --version) est trop ancien : il faut 20.19 ou plus récent." \
        "Node.js $(node --version) is too old: 20.19 or newer is needed."
}

wasm_target() {
    local libdir
    libdir=$(rustc --print target-libdir --target wasm32-unknown-unknown 2>/dev/null || true)
    if compgen -G "$libdir/libcore-*.rlib" >/dev/null; then return; fi
    command -v rustup >/dev/null || stop \
        "Il manque la cible wasm32-unknown-unknown, et rustup pour l'installer." \
        "The target wasm32-unknown-unknown is missing, and rustup to install it."
    rustup target add wasm32-unknown-unknown
}

# Installs a command of cargo at one version. Built to be used here and now: without optimisation it takes half the time.
cargo_tool() {
    local crate=$1 version=$2 found=$3
    if [[ $found == *" $version"* ]]; then
        echo "$crate $version: already there"
        return
    fi
    say "Installation de $crate $version (quelques minutes, une seule fois)…" \
        "Installing $crate $version (a few minutes, only once)…"
    local folder
    folder=$(mktemp -d)
    CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_OPT_LEVEL=0 \
        CARGO_PROFILE_RELEASE_DEBUG=0 CARGO_PROFILE_RELEASE_STRIP=none CARGO_TARGET_DIR="$folder" \
        cargo install "$crate" --version "$version" --locked --quiet || {
        rm -rf "$folder"
        stop "L'installation de $crate $version a échoué." "Installing $crate $version failed."
    }
    rm -rf "$folder"
}

npm_packages() {
    local lock=end2end/package-lock.json
    if [[ end2end/node_modules/.stamp -nt $lock ]]; then
        echo "npm packages of end2end: already there"
        return
    fi
    npm ci --prefix end2end --no-audit --no-fund --loglevel=error
    touch end2end/node_modules/.stamp
}

# A Debian package, when its command is missing and we may install it.
debian_packages() {
    [[ $# -eq 0 ]] && return
    if [[ $(id -u) -ne 0 ]] || ! command -v apt-get >/dev/null; then
        stop "Il manque : $*. Installez ces paquets Debian (ou leur équivalent), ou relancez en root." \
            "Missing: $*. Install these Debian packages (or their equivalent), or try again as root."
    fi
    say "Installation par apt-get : $*" "Installing with apt-get: $*"
    export DEBIAN_FRONTEND=noninteractive
    # RUNLEVEL=1: the tests start a database server of their own; the package must not start another.
    RUNLEVEL=1 apt-get update -qq
    RUNLEVEL=1 apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

test_packages() {
    local missing=()
    command -v chromium >/dev/null || [[ -x ${CHROMIUM:-} ]] || missing+=(chromium)
    command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
    command -v soffice >/dev/null || missing+=(libreoffice-calc-nogui)
    # The tests of the quarantine run a scanner of their own, with their own signature.
    command -v clamd >/dev/null || [[ -x /usr/sbin/clamd ]] || missing+=(clamav-daemon)
    command -v pdfinfo >/dev/null && command -v pdftoppm >/dev/null || missing+=(poppler-utils)
    debian_packages "${missing[@]}"
}

bench_packages() {
    local missing=()
    command -v wrk >/dev/null || missing+=(wrk)
    command -v sqlite3 >/dev/null || missing+=(sqlite3)
    compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
    debian_packages "${missing[@]}"
}

build_tools() {
    base
    wasm_target
    npm_packages
    cargo_tool wasm-bindgen-cli "$WASM_BINDGEN" "$(wasm-bindgen --version 2>/dev/null || true)"
    cargo_tool cargo-leptos "$CARGO_LEPTOS" "$(cargo leptos --version 2>/dev/null || true)"
}

case "${1:-}" in
build) build_tools ;;
test)
    build_tools
    cargo_tool cargo-deny "$CARGO_DENY" "$(cargo deny --version 2>/dev/null || true)"
    test_packages
    ;;
audit)
    base
    cargo_tool cargo-deny "$CARGO_DENY" "$(cargo deny --version 2>/dev/null || true)"
    ;;
bench)
    build_tools
    bench_packages
    ;;
*) stop "Usage : tools.sh build|test|audit|bench" "Usage: tools.sh build|test|audit|bench" ;;
esac
