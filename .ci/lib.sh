# Sourced by the scripts beside it: named parts, how long each took, and the table at the end.
# shellcheck shell=bash

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export PATH="$PWD/end2end/node_modules/.bin:${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"
# wasm-opt and Playwright must use what is installed, never fetch a binary of their own.
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1

TIMINGS="${CARGO_TARGET_DIR:-target}/timings"
mkdir -p "$TIMINGS"
PARTS=()
# What the last part that failed wrote.
FAILED_LOG=
RUN_STARTED=$(date +%s)

# Says something in French, then in English.
say() { printf '\n%s\n%s\n' "$1" "$2" >&2; }

# Says it and stops.
stop() {
    say "$@"
    exit 1
}

# Runs one named part. The first time ever seen in this folder is kept: that is the cold time.
part() {
    local name=$1 started ended seconds status=0 log
    shift
    log="$TIMINGS/${name//[^A-Za-z0-9]/-}.log"
    printf '\n──── %s\n' "$name"
    started=$(date +%s)
    # In a subshell, with errexit of its own: `|| …` would switch it off inside a function called here.
    set +e
    (
        set -e
        "$@"
    ) 2>&1 | tee "$log"
    status=${PIPESTATUS[0]}
    set -e
    ended=$(date +%s)
    seconds=$((ended - started))
    local cold="$TIMINGS/${name//[^A-Za-z0-9]/-}.cold"
    if [[ $status -eq 0 && ! -f $cold ]]; then printf '%s\n' "$seconds" >"$cold"; fi
    local first='-'
    [[ -f $cold ]] && first=$(cat "$cold")
    local verdict=ok
    if [[ $status -ne 0 ]]; then
        verdict="FAILED ($status)"
        FAILED_LOG=$log
    fi
    PARTS+=("$name|$seconds|$first|$verdict")
    printf '──── %s: %s s, %s\n' "$name" "$seconds" "$verdict"
    return "$status"
}

# The table of all parts; `first` is the time of the first successful run in this folder (cold).
summary() {
    [[ ${#PARTS[@]} -eq 0 ]] && return 0
    printf '\n%-34s %9s %9s  %s\n' part 'now (s)' 'first (s)' result
    local line name seconds first verdict
    for line in "${PARTS[@]}"; do
        IFS='|' read -r name seconds first verdict <<<"$line"
        printf '%-34s %9s %9s  %s\n' "$name" "$seconds" "$first" "$verdict"
    done
    printf '%-34s %9s\n\n' total "$(($(date +%s) - RUN_STARTED))"
}

# What went wrong in the part that failed, at the very end: whoever sees only the end of a long output sees why.
reasons() {
    [[ -f $FAILED_LOG ]] || return 0
    echo "why:"
    # The compiler and the linters, the tests of Rust, those of the browser; colours and long lines left out.
    sed 's/\x1b\[[0-9;]*[A-Za-z]//g' "$FAILED_LOG" |
        grep -E '^error|^ +--> |^test .*FAILED|panicked at|^ +[0-9]+\) |^ +(Error|Expected|Received)|^ +[0-9]+ (failed|flaky)|^ {4}\[' |
        awk '!seen[$0]++' | cut -c1-160 | tail -n 12 || tail -n 15 "$FAILED_LOG"
}
