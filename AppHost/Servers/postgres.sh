#!/bin/bash
# PostgreSQL as one foreground process tree, on loopback only.
# Usage: POSTGRES_PASSWORD=… postgres.sh DATA PORT USER      PGOPTS: further options for the server
# Root is refused by PostgreSQL, so as root it runs as the package's own user.
set -eu
data=$1 port=$2 user=$3 password=$POSTGRES_PASSWORD
bin=$(dirname "$(ls -d /usr/lib/postgresql/*/bin/postgres | sort -V | tail -1)")
# An earlier cluster is opened by the version that made it.
[ -f "$data/data/PG_VERSION" ] && bin=/usr/lib/postgresql/$(cat "$data/data/PG_VERSION")/bin

as=()
mkdir -p "$data"
if [ "$(id -u)" = 0 ]; then
  chown postgres: "$data"
  as=(setpriv --reuid=postgres --regid="$(id -gn postgres)" --init-groups)
fi

# Held by the server too: a second start waits until the first has really ended.
exec 9>>"$data/.lock"
flock -w 60 9 || { echo "$data is in use by another PostgreSQL"; exit 1; }
# So whoever wrote this is dead; its number may belong to somebody else by now, or to its own unburied self.
rm -f "$data/data/postmaster.pid" "$data"/.s.PGSQL.*

if [ ! -f "$data/data/PG_VERSION" ]; then
  rm -rf "$data/data" "$data/new"
  (umask 077; printf %s "$password" >"$data/.password")
  [ "$(id -u)" = 0 ] && chown postgres: "$data/.password"
  "${as[@]}" "$bin/initdb" -D "$data/new" -U "$user" --pwfile="$data/.password" -A scram-sha-256 -E UTF8 \
    --locale=C.UTF-8 --data-checksums --no-sync >"$data/initdb.log" 2>&1 || { cat "$data/initdb.log"; exit 1; }
  rm -f "$data/.password"
  mv "$data/new" "$data/data"   # a start that was killed half-way leaves no half a cluster
fi

# shellcheck disable=SC2086
"${as[@]}" "$bin/postgres" -D "$data/data" -p "$port" -c listen_addresses=127.0.0.1 -c unix_socket_directories="$data" \
  -c max_connections=300 -c log_min_messages=warning -c log_checkpoints=off ${PGOPTS:-} &
server=$!
# INT is PostgreSQL's fast shutdown; a bare TERM would wait for every open connection.
trap 'kill -INT $server 2>/dev/null' TERM INT
code=0
wait $server || code=$?
while kill -0 $server 2>/dev/null; do code=0; wait $server || code=$?; done
exit $code
