#!/bin/bash
# RabbitMQ as one foreground process tree, on loopback only.
# Usage: RABBITMQ_PASSWORD=… rabbitmq.sh DATA PORT USER      PORT+1 distribution, PORT+2 its own epmd
# RABBIT_MANAGEMENT=port: the management API on that port (tests make their virtual hosts with it).
set -eu
data=$1 port=$2 user=$3 password=$RABBITMQ_PASSWORD
erlang=$(ls -d /usr/lib/erlang/erts-*/bin | sort -V | tail -1)
mkdir -p "$data/mnesia" "$data/log"
chmod 700 "$data"

exec 9>>"$data/.lock"
flock -w 60 9 || { echo "$data is in use by another RabbitMQ"; exit 1; }

(umask 077
cat >"$data/rabbitmq.conf" <<C
listeners.tcp.1 = 127.0.0.1:$port
default_user = $user
default_pass = $password
log.console = true
log.console.level = ${RABBIT_LOG:-warning}
log.connection.level = error
log.file = false
vm_memory_high_watermark.absolute = 1GB
disk_free_limit.absolute = 100MB
C
)
if [ -n "${RABBIT_MANAGEMENT:-}" ]; then
  printf 'management.tcp.ip = 127.0.0.1\nmanagement.tcp.port = %s\n' "$RABBIT_MANAGEMENT" >>"$data/rabbitmq.conf"
  echo '[rabbitmq_management].' >"$data/enabled_plugins"
else
  echo '[].' >"$data/enabled_plugins"
fi

as=()
if [ "$(id -u)" = 0 ]; then
  chown -R rabbitmq: "$data"
  as=(setpriv --reuid=rabbitmq --regid="$(id -gn rabbitmq)" --clear-groups)
fi
# The node's name is the name of its data: it must not change with the port.
# The schedulers do not spin: an idle broker leaves the processor to the others.
environment=(env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME="$data" LANG=C.UTF-8
  ERL_EPMD_PORT=$((port + 2)) ERL_EPMD_ADDRESS=127.0.0.1
  RABBITMQ_NODENAME=pedatt@localhost RABBITMQ_DIST_PORT=$((port + 1))
  RABBITMQ_MNESIA_BASE="$data/mnesia" RABBITMQ_LOG_BASE="$data/log" RABBITMQ_LOGS=-
  RABBITMQ_CONFIG_FILE="$data/rabbitmq.conf" RABBITMQ_CONF_ENV_FILE=/dev/null
  RABBITMQ_ENABLED_PLUGINS_FILE="$data/enabled_plugins" RABBITMQ_PID_FILE="$data/pid"
  RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1} +sbwt none +sbwtdcpu none +sbwtdio none")

# Our own epmd in the foreground: otherwise the node starts a daemon that outlives it.
"${as[@]}" "${environment[@]}" "$erlang/epmd" &
epmd=$!
"${as[@]}" "${environment[@]}" /usr/lib/rabbitmq/bin/rabbitmq-server &
server=$!
trap 'kill -TERM $server 2>/dev/null' TERM INT
code=0
wait $server || code=$?
while kill -0 $server 2>/dev/null; do code=0; wait $server || code=$?; done
kill $epmd 2>/dev/null || true
wait $epmd 2>/dev/null || true
exit $code
