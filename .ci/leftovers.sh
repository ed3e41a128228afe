#!/usr/bin/env bash
# Ends the processes that a test run left behind, found by the mark that the run put in their environment, and says so.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

mark=${1:?the value of SPASER_TEST_RUN}
found=()
for entry in /proc/[0-9]*/environ; do
    pid=${entry//[!0-9]/}
    # Kernel threads, and processes that end while we look, cannot be read.
    if { tr '\0' '\n' <"$entry" | grep -qx "SPASER_TEST_RUN=$mark"; } 2>/dev/null; then
        # The shells and runners of this very run bear the mark too.
        case "$(cat "/proc/$pid/comm" 2>/dev/null)" in
        spaser | postgres | chromium* | chrome* | headless_shell) found+=("$pid") ;;
        esac
    fi
done
if [[ ${#found[@]} -eq 0 ]]; then
    echo "no process left behind"
    exit 0
fi
for pid in "${found[@]}"; do
    echo "left behind, ended now: $pid $(tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | cut -c1-120)"
    kill -TERM "$pid" 2>/dev/null || true
done
sleep 2
for pid in "${found[@]}"; do kill -KILL "$pid" 2>/dev/null || true; done
exit 1
