#!/usr/bin/env bash
# The whole way against a real Tryton: install it from Debian's packages, build
# and seed a database, read, plan, publish, and see what other users do to that.
# Where that is not possible the fake server of the tests stands in.
#
# Everything lives in a folder of its own, a PostgreSQL cluster included, and
# is gone at the end. Packages stay. Root on Debian, about five minutes.
set -euo pipefail
cd "$(dirname "$0")"
export CGO_ENABLED=0

say() { printf -- '-- tryton: %s (%ds)\n' "$*" "$SECONDS"; }
fail() { say "FAILED: $*"; exit 1; }
fake() {
	say "no real server: $*. The fake server stands in"
	go test -count=1 -run 'TestFake' -v . | grep -E '^(---|ok|FAIL|PASS)'
	exit "${PIPESTATUS[0]}"
}

packages=(postgresql tryton-server tryton-server-postgresql tryton-proteus python3-psycopg2)
for m in production production-routing production-work production-work-timesheet production-split production-outsourcing \
	sale sale-supply sale-supply-production purchase purchase-request stock stock-supply stock-supply-production \
	stock-supply-day stock-forecast stock-supply-forecast account-invoice-stock; do
	packages+=("tryton-modules-$m")
done

install() {
	dpkg -s "${packages[@]}" >/dev/null 2>&1 && return
	export DEBIAN_FRONTEND=noninteractive
	timeout 300 apt-get update -qq && timeout 600 apt-get install -y -qq --no-install-recommends "${packages[@]}"
}

[ "$(id -u)" = 0 ] || fake "this is not root"
command -v apt-get dpkg >/dev/null || fake "this is not Debian"
dir=$(mktemp -d)
cleanup() {
	[ -z "${server:-}" ] || kill "$server" 2>/dev/null || true
	[ ! -d "$dir/pg" ] || as_postgres "$bin/pg_ctl" -D "$dir/pg" -m immediate -s stop || true
	rm -rf "$dir"
}
trap cleanup EXIT
install >"$dir/install.log" 2>&1 || { tail -3 "$dir/install.log"; fake "the packages cannot be installed"; }
say "packages are installed"

# A cluster of our own, fast rather than safe.
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
as_postgres() { (cd / && setpriv --reuid=postgres --regid=postgres --clear-groups "$@"); }
free_port() {
	local p
	for p in $(seq "$1" $(($1 + 99))); do
		(exec 3<>"/dev/tcp/127.0.0.1/$p") 2>/dev/null || { echo "$p"; return; }
	done
	fail "no free port"
}
pgport=$(free_port 54400)
webport=$(free_port 58000)
chmod 755 "$dir"
mkdir "$dir/pg" "$dir/files" && chown postgres "$dir/pg"
as_postgres "$bin/initdb" -D "$dir/pg" -U postgres -A trust -E UTF8 --locale=C.UTF-8 -N >"$dir/pg.log"
as_postgres "$bin/pg_ctl" -D "$dir/pg" -w -s -t 60 -l "$dir/pg/log" \
	-o "-p $pgport -k $dir/pg -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off -c full_page_writes=off" start
sql() { "$bin/psql" -h 127.0.0.1 -p "$pgport" -U postgres -v ON_ERROR_STOP=1 -qAt "$@"; }
sql -c "CREATE ROLE erp LOGIN CREATEDB PASSWORD 'erp'" -c "CREATE DATABASE tryton OWNER erp TEMPLATE template0"

# The ERP.
export TRYTON_PASSWORD=admin
printf '%s\n' "$TRYTON_PASSWORD" >"$dir/password"
cat >"$dir/trytond.conf" <<-END
	[database]
	uri = postgresql://erp:erp@127.0.0.1:$pgport/
	path = $dir/files
	[web]
	listen = 127.0.0.1:$webport
END
quietly() { "$@" >"$dir/log" 2>&1 || { tail -20 "$dir/log"; fail "$*"; }; }
quietly timeout 900 sh testdata/init.sh "$dir/trytond.conf" tryton "$dir/password"
say "the modules are activated"
today=$(date +%F)
quietly timeout 600 /usr/bin/python3 testdata/seed.py "postgresql://erp:erp@127.0.0.1:$pgport/tryton" "$dir/trytond.conf"
sql -d tryton -f testdata/readonly.sql
say "the database is seeded"
trytond -c "$dir/trytond.conf" -d tryton >"$dir/server.log" 2>&1 &
server=$!
for _ in $(seq 60); do
	(exec 3<>"/dev/tcp/127.0.0.1/$webport") 2>/dev/null && break
	kill -0 "$server" || { tail "$dir/server.log"; fail "the server ended"; }
	sleep 1
done

# The way.
dsn="postgres://planner:planner@127.0.0.1:$pgport/tryton"
url="http://127.0.0.1:$webport"
go build -o "$dir/tryton" .
window=28 # days: what is released is enough for three changes at a time
run() { timeout 300 "$dir/tryton" -dsn "$dsn" -today "$today" -publish "$url" -database tryton -release "$window" "$@" >"$dir/out" || fail "the run ended with an error"; }
expect() { grep -qE "^$1\$" "$dir/out" || { sed -n '/== Publishing/,$p' "$dir/out"; fail "expected: $1"; }; }
none_bad() { for k in "changed by others, skipped" refused "no effect" failed; do expect "$k: 0"; done; }
state() { sql -d tryton -c "SELECT id, state, planned_start_date, planned_date, work_center, write_date FROM production ORDER BY id" \
	-c "SELECT id, state, work_center, write_date FROM production_work ORDER BY id"; }
ids=$(sql -d tryton -c "SELECT string_agg(id::text, ',') FROM production WHERE state IN ('running', 'done')")
at_work() { sql -d tryton -c "SELECT * FROM production WHERE id IN ($ids) ORDER BY id" -c "SELECT * FROM production_work WHERE production IN ($ids) ORDER BY id"; }

if "$bin/psql" "$dsn" -qc "UPDATE production SET number = number" 2>/dev/null; then fail "the planner's role can write"; fi
before=$(state)
shop=$(at_work)
run
expect "would send: [1-9][0-9]*"
expect "sent: 0"
[ "$before" = "$(state)" ] || fail "the dry run has written"
say "dry run: $(grep '^would send' "$dir/out"), nothing written"

run -commit
expect "sent: [1-9][0-9]*"
expect "started, left alone: [1-9][0-9]*"
none_bad
say "published: $(grep '^sent' "$dir/out")"
after=$(state)
run -commit
expect "sent: 0"
none_bad
[ "$after" = "$(state)" ] || fail "the second run has written"
say "published again: nothing sent"

TRYTON_DSN=$dsn TRYTON_URL=$url TRYTON_TODAY=$today timeout 300 go test -count=1 -run TestServer . || fail "concurrent changes"
say "changes by another user were skipped and reported"
run -commit
none_bad
run -commit
expect "sent: 0"
[ "$shop" = "$(at_work)" ] || fail "started work was touched"
say "all is well"
