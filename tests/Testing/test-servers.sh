#!/bin/bash
# The servers of a test run as one group, which ends by itself when no test process has used it for ten seconds.
# Usage: test-servers.sh HOME RUN PORT SCRIPTS MAILDEV      HOME: locks; RUN: data, deleted at the end
set -u
home=$1 run=$2 port=$3 scripts=$4 maildev=$5
# What the first test process had open is not ours: its runner waits until everybody has closed it.
for file in /proc/self/fd/*; do
  number=${file##*/}
  [ "$number" -gt 2 ] && [ "$number" != 255 ] && eval "exec $number>&-"
done
mkdir -p "$run"
cd "$run" || exit 1

export POSTGRES_PASSWORD=test RABBITMQ_PASSWORD=test STORAGE_ACCESS_KEY=test STORAGE_SECRET_KEY=test-secret
PGOPTS="-c fsync=off -c synchronous_commit=off -c full_page_writes=off" \
  bash "$scripts/postgres.sh" "$run/postgres" "$port" test &
RABBIT_MANAGEMENT=$((port + 4)) bash "$scripts/rabbitmq.sh" "$run/rabbitmq" $((port + 1)) test &
bash "$scripts/clamd.sh" "$run/clamav" $((port + 5)) &
bash "$scripts/mail.sh" $((port + 6)) $((port + 7)) "$maildev" &
STORE=memstore bash "$scripts/object-storage.sh" "$run/storage" $((port + 55)) &

stop() {
  trap '' TERM INT
  # shellcheck disable=SC2046
  kill -TERM $(jobs -p) 2>/dev/null
  for _ in $(seq 100); do
    [ -z "$(jobs -pr)" ] && break
    sleep 0.1
  done
  cd / && rm -rf "$run"
  kill -KILL -- -$$   # the group is ours alone (setsid)
}
trap stop TERM INT

idle=0
while sleep 1; do
  if flock --nonblock "$home/users.lock" true; then idle=$((idle + 1)); else idle=0; fi
  [ $idle -lt 10 ] && continue
  # Nobody may come in while we go: a newcomer waits here and then starts servers of its own.
  exec 8>>"$home/start.lock"
  flock 8
  if flock --nonblock "$home/users.lock" true; then
    rm -f "$home/state.json"
    exec 8>&-
    stop
  fi
  exec 8>&-
  idle=0
done
