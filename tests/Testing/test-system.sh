#!/bin/bash
# An AppHost for tests, in a session of its own: it may outlive the test process that started it (System/StartupHook.cs).
# Usage: test-system.sh LOG APPHOST
log=$1 program=$2
# What the first test process had open is not ours: its runner waits until everybody has closed it.
for file in /proc/self/fd/*; do
  number=${file##*/}
  [ "$number" -gt 2 ] && [ "$number" != 255 ] && eval "exec $number>&-"
done
exec dotnet "$program" </dev/null >"$log" 2>&1
