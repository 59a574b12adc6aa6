#!/bin/bash
# The virus scanner as one foreground process, on loopback only.
# Usage: clamd.sh DATA PORT
# Its database holds the EICAR test file's signature, as a file and inside another file; the real signatures are used
# as well where freshclam has put them (/var/lib/clamav).
set -eu
data=$1 port=$2
mkdir -p "$data/db" "$data/tmp"

exec 9>>"$data/.lock"
flock -w 60 9 || { echo "$data is in use by another clamd"; exit 1; }

rm -f "$data"/db/*
echo '44d88612fea8a8f36de82e1278abb02f:68:Eicar-Test-Signature' >"$data/db/eicar.hdb"
echo 'Eicar-Test-Body:0:*:58354f2150254041505b345c505a58353428505e2937434329377d2445494341522d5354414e444152442d414e544956495255532d544553542d46494c452124482b482a' >"$data/db/eicar.ndb"
for signatures in /var/lib/clamav/*.c[vl]d; do
  [ -e "$signatures" ] && ln -s "$signatures" "$data/db/"
done
cat >"$data/clamd.conf" <<C
DatabaseDirectory $data/db
TCPSocket $port
TCPAddr 127.0.0.1
Foreground yes
PidFile $data/clamd.pid
TemporaryDirectory $data/tmp
StreamMaxLength 200M
MaxFileSize 200M
MaxScanSize 400M
MaxThreads 4
ConcurrentDatabaseReload no
SelfCheck 0
LogTime yes
C
as=()
if [ "$(id -u)" = 0 ]; then
  chown -R clamav: "$data"
  as=(setpriv --reuid=clamav --regid="$(id -gn clamav)" --clear-groups)
fi
exec "${as[@]}" /usr/sbin/clamd -c "$data/clamd.conf" -F >"$data/clamd.log"
