#!/bin/bash
# S3: a single-node Ceph RADOS Gateway (monitor, one OSD, gateway) as one foreground process tree, on loopback only.
# Usage: STORAGE_ACCESS_KEY=… STORAGE_SECRET_KEY=… object-storage.sh DATA PORT
# PORT = S3, PORT+1 and PORT+2 = monitor, PORT+10 to PORT+40 = OSD.  STORE=memstore: in memory, empty at every start.
set -u
data=$1 port=$2 access=$STORAGE_ACCESS_KEY secret=$STORAGE_SECRET_KEY store=${STORE:-bluestore}
# What an upload took is given back at once: large pieces of memory go to the system, not to an arena a thread.
export MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=131072 MALLOC_TRIM_THRESHOLD_=131072
umask 077
mkdir -p "$data" && cd "$data" && mkdir -p run log rgw || exit 1

exec 9>>"$data/.lock"
flock -w 60 9 || { echo "$data is in use by another object storage"; exit 1; }

[ "$store" = memstore ] && rm -rf ready fsid mon osd
[ -f fsid ] || cat /proc/sys/kernel/random/uuid >fsid
fsid=$(cat fsid)
cat >ceph.conf <<C
[global]
fsid = $fsid
mon host = [v2:127.0.0.1:$((port + 1))/0,v1:127.0.0.1:$((port + 2))/0]
public addr = 127.0.0.1
cluster addr = 127.0.0.1
auth cluster required = none
auth service required = none
auth client required = none
ms mon client mode = crc
ms bind port min = $((port + 10))
ms bind port max = $((port + 40))
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pgp num = 1
osd pool default pg autoscale mode = off
mon allow pool size one = true
mon warn on pool no redundancy = false
mon max pg per osd = 2000
osd crush chooseleaf type = 0
paxos propose interval = 0.05
paxos min wait = 0.01
run dir = $data/run
admin socket =
log file =
log to stderr = true
err to stderr = true
log to file = false
mon cluster log to file = false
mon cluster log to stderr = false
debug default = 0/0
[mon]
mon data = $data/mon
mgr initial modules =
[osd]
osd data = $data/osd
osd objectstore = $store
bluestore block size = ${OBJECT_STORAGE_BYTES:-21474836480}
memstore device bytes = 4294967296
osd memory target = 939524096
osd max backfills = 1
[client.rgw]
rgw data = $data/rgw
rgw frontends = beast endpoint=127.0.0.1:$port
rgw thread pool size = 64
rgw put obj min window size = 4194304
rgw get obj window size = 4194304
rgw crypt require ssl = false
C
export CEPH_CONF=$data/ceph.conf

stop() {
  trap '' TERM INT
  local signal=TERM process waited
  [ "$store" = memstore ] && signal=KILL
  for process in "${gateway:-}" "${osd:-}" "${monitor:-}"; do
    [ -n "$process" ] || continue
    kill -$signal "$process" 2>/dev/null
    waited=0
    while kill -0 "$process" 2>/dev/null; do
      sleep 0.05
      waited=$((waited + 1))
      [ $waited = 100 ] && kill -KILL "$process"
    done
  done
  exit "${1:-0}"
}
trap 'stop 0' TERM INT

# The monitor's map holds its address, so it is made anew for the ports of this start.
monmaptool --create --clobber --fsid "$fsid" --addv a "[v2:127.0.0.1:$((port + 1)),v1:127.0.0.1:$((port + 2))]" monmap >/dev/null
fresh=0
if [ ! -f ready ]; then
  fresh=1
  rm -rf mon osd
  mkdir -p mon osd
  ceph-mon --mkfs -i a --monmap monmap >log/mkfs.log 2>&1 || { tail -5 log/mkfs.log; exit 1; }
elif [ "$(cat ready)" != "$port" ]; then
  ceph-mon -i a --inject-monmap monmap >log/mkfs.log 2>&1 || { tail -5 log/mkfs.log; exit 1; }
  echo "$port" >ready
fi

# What the daemons say is for their own folder; the last lines are shown when one ends.
ceph-mon -i a -f >log/monitor.log 2>&1 &
monitor=$!
if [ $fresh = 1 ]; then
  disk=$(cat /proc/sys/kernel/random/uuid)
  ceph --connect-timeout 30 osd new "$disk" >/dev/null || stop 1
  ceph-osd -i 0 --mkfs --osd-uuid "$disk" >log/mkfs.log 2>&1 || { tail -5 log/mkfs.log; stop 1; }
  ceph osd crush add-bucket localhost host root=default >/dev/null 2>&1
  ceph osd crush add osd.0 1.0 host=localhost >/dev/null 2>&1
fi
ceph-osd -i 0 -f --osd-crush-update-on-start=false >log/osd.log 2>&1 &
osd=$!
if [ $fresh = 1 ]; then
  radosgw-admin -n client.rgw user create --uid pedatt --display-name pedatt \
    --access-key "$access" --secret-key "$secret" >/dev/null 2>log/user.err || { cat log/user.err; stop 1; }
  echo "$port" >ready
fi
radosgw -n client.rgw -f >log/gateway.log 2>&1 &
gateway=$!
wait -n $monitor $osd $gateway
echo "a daemon of the object storage ended:"
tail -n 5 log/monitor.log log/osd.log log/gateway.log
stop 1
