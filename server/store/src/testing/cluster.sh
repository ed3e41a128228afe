# Starts a throw-away PostgreSQL, says so, and removes it when standard input closes: that is, when
# the test process ends, in whatever way.
# $1: the port on the loopback interface.
set -eu
fail() { echo "FAIL $1"; exit 1; }
bin=""
for candidate in /usr/lib/postgresql/*/bin /usr/local/bin /opt/homebrew/bin /usr/bin; do
    [ -x "$candidate/initdb" ] && [ -x "$candidate/postgres" ] && bin=$candidate
done
[ -n "$bin" ] || fail "PostgreSQL is not installed: initdb was found nowhere"
dir=$(mktemp -d /tmp/spaser-pg-XXXXXX)
if [ "$(id -u)" = 0 ]; then
    # PostgreSQL refuses to run as root.
    user=nobody
    id postgres >/dev/null 2>&1 && user=postgres
    chown "$user" "$dir"
    as() { (cd "$dir" && exec setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups "$@"); }
else
    as() { (cd "$dir" && exec "$@"); }
fi
trap 'as "$bin/pg_ctl" -D "$dir/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$dir"' EXIT
as "$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$dir/initdb.log" 2>&1 \
    || fail "initdb: $(tail -n 3 "$dir/initdb.log")"
as "$bin/pg_ctl" -D "$dir/data" -l "$dir/data/log" -w -t 60 -o "-p $1 -c listen_addresses=127.0.0.1 \
    -c unix_socket_directories=$dir -c fsync=off -c max_connections=300 -c shared_buffers=64MB" start \
    >"$dir/start.log" 2>&1 || fail "pg_ctl start: $(tail -n 3 "$dir/data/log")"
echo "READY $dir"
# Nothing is ever written to this pipe; it only closes.
cat >/dev/null
