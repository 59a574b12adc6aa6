#!/bin/bash
# Runs one command in a process group of its own, and ends that group when told to or when the AppHost is gone.
# Usage: supervise.sh NAME PATIENCE COMMAND [ARGUMENT…]      PATIENCE: seconds between TERM and KILL
# Standard input is a pipe whose other end only the AppHost holds: a line on it says stop; its end says that the
# AppHost died, whatever killed it.
patience=$2
shift 2
exec 3<&0 0</dev/null

setsid "$@" 3<&- &
command=$!

(
  read -r -u 3 || patience=5
  for ((tenths = patience * 10; tenths > 0; tenths--)); do
    # Again every second: who is just starting may not listen yet.
    if ((tenths % 10 == 0)); then kill -TERM $command; else kill -0 $command; fi || exit
    sleep 0.1
  done
  kill -KILL -- -$command
) 2>/dev/null &
watcher=$!

{
  wait $command
  code=$?
  kill -KILL $watcher
  wait $watcher
  kill -KILL -- -$command   # whatever the command has left behind
} 2>/dev/null
exit $code
