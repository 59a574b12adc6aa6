#!/bin/bash
# Takes a run's temporary folder away when it is told to end and no server uses the folder any more.
# Usage: temporary-data.sh FOLDER
folder=$1
sweep() {
  # Out of the way of whoever ends us, and all at once: the servers need longer.
  setsid bash -c '
    for lock in "$1"/*/.lock "$1/.lock"; do
      [ -e "$lock" ] && flock -w 60 "$lock" true
    done
    rm -rf "$1"
  ' sweep "$folder" </dev/null >/dev/null 2>&1 &
  exit 0
}
trap sweep TERM INT
while :; do
  sleep 3600 &
  wait $!
done
