#!/bin/bash
# Takes a run's temporary folder away when it is told to end and no server uses the folder any more.
# Usage: temporary-data.sh FOLDER
folder=$1
sweep() {
  trap '' TERM INT
  for lock in "$folder"/*/.lock; do
    [ -e "$lock" ] && flock -w 20 "$lock" true
  done
  rm -rf "$folder"
  exit 0
}
trap sweep TERM INT
while :; do
  sleep 3600 &
  wait $!
done
