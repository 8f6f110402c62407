#!/bin/sh
# Runs in a Debian of its own, as its root: installs the package, looks at what came, runs both programs as their users,
# removes and purges it. Says 'ok' for each thing that holds, and ends at the first that does not.
set -eu
deb=$1 clip=$2
settings=/etc/lintel/lintel.toml
lintel=/usr/lib/lintel/firmware/lintel.ts

ok() { echo "ok: $1"; }
files() {
  find / -xdev \( -path /proc -o -path /tmp -o -path /dev -o -path /sys -o -path /run/systemd -o -path /var/lib/dpkg -o -path /var/cache \
    -o -path /var/log \) -prune -o -print | sort
}
# As the unit says: its user, what Node may, what a file may have. Without a network, like vision.
as_unit() {
  unit=$1
  shift
  options=$(sed -n '/NODE_OPTIONS=/,/"$/p' "/usr/lib/systemd/system/$unit.service" | tr -d '\\\n' | sed 's/.*NODE_OPTIONS=//; s/"$//')
  install -d -o "$unit" -m 700 "/run/$unit"
  NODE_NO_WARNINGS=1 NODE_OPTIONS=$options NODE_COMPILE_CACHE=/run/$unit/compile-cache \
    prlimit --fsize=65536 --core=0 unshare --net \
    setpriv --reuid "$unit" --regid "$unit" --init-groups --no-new-privs --bounding-set=-all "$@"
}

files >/tmp/before
cp /etc/passwd /tmp/passwd
cp /etc/group /tmp/group

dpkg --install "$deb" >/tmp/install.log 2>&1 || { cat /tmp/install.log; exit 1; }
ok 'it can be installed'
lintel --version | grep -q .
ok 'its command runs'
units=$(cd /usr/lib/systemd/system && ls lintel*)
# shellcheck disable=SC2086 # each unit is a word
systemd-analyze verify $units
udevadm verify /usr/lib/udev/rules.d/72-lintel.rules >/dev/null
for unit in /usr/lib/systemd/system/lintel*.service; do
  systemd-analyze security --offline=true --threshold=15 "$unit" >/dev/null
done
ok 'this systemd takes services and rules, and finds them exposed by 1.5 at most'
if as_unit lintel-vision lintel vision --settings "$settings" >/tmp/said 2>&1; then exit 1; fi
grep -q 'site.name: is missing' /tmp/said
ok 'nothing is watched before somebody said where'

install -d /var/lib/lintel/clip
mv "$clip" /var/lib/lintel/clip/door.y4m
sed -i 's/^# name = .*/name = "house"/; s/^# device = .*/device = "door"/; s/^# \(line\|in_side\) = /\1 = /
  s#^\# file = .*#file = "/var/lib/lintel/clip/door.y4m"#
  /^\[camera\]/,/^\[doorway\]/ s/^driver = .*/driver = "replay"/; /^\[lines\]/,$ s/^driver = .*/driver = "simulated"/' "$settings"
sed 's/^driver = "replay"/driver = "native"/; /^file = /d; s/^driver = "simulated"/driver = "auto"/' "$settings" >/tmp/native.toml
doctor() { lintel doctor --json --settings /tmp/native.toml 2>/dev/null || true; }
doctor | grep -q "native: libcamera's own interface"
library=$(ls /usr/lib/*/libcamera.so.*.*[0-9] | head -1)
mv "$library" /tmp/
doctor | grep -q "install Debian's package libcamera0"
mv "/tmp/$(basename "$library")" "$library"
ok "the driver 'native' is there with Debian's libcamera, and says what it lacks without"

cp "$settings" /tmp/kept
dpkg --install "$deb" </dev/null >/tmp/install.log 2>&1 || { cat /tmp/install.log; exit 1; }
cmp "$settings" /tmp/kept
ok 'installed again, it leaves settings that were changed alone, and asks nobody'

mkfifo /tmp/button
sleep infinity >/tmp/button &
sleeper=$!
as_unit lintel-vision timeout --signal=TERM --kill-after=10 60 \
  /usr/lib/lintel/bin/node "$lintel" vision --settings "$settings" --status --window-seconds 5 </tmp/button >/tmp/said 2>&1 &
vision=$!
until ls /var/lib/lintel/spool/*.report >/dev/null 2>&1 && grep -q '"phase":"watching"' /tmp/said; do
  kill -0 $vision || { cat /tmp/said; exit 1; }
  sleep 0.2
done
ok 'vision watches as its user, without a network, and writes a report'
pkill --euid lintel-vision --full ' vision --settings' --signal TERM
wait $vision || true
kill $sleeper
grep -q '"ended"' /tmp/said
as_unit lintel-vision lintel darken --settings "$settings"
ok 'it ends, and the door can be left safe after it'

report=$(ls /var/lib/lintel/spool/*.report | head -1)
as_unit lintel-uplink sh -c "cat '$report' >/dev/null && rm '$report'"
if as_unit lintel-uplink ls /var/lib/lintel/state 2>/dev/null; then exit 1; fi
if as_unit lintel-vision ls /etc/lintel/keys 2>/dev/null; then exit 1; fi
if setpriv --reuid nobody --regid nogroup --clear-groups ls /var/lib/lintel/spool 2>/dev/null; then exit 1; fi
ok "uplink takes reports away; the state is vision's alone, the keys are uplink's alone, and the spool is not others' to read"
as_unit lintel-uplink timeout 5 /usr/lib/lintel/bin/node "$lintel" uplink --settings "$settings" >/tmp/said 2>&1 || true
grep -q 'not connected' /tmp/said
ok "uplink runs within Node's own walls"

printf '[store]\nfile = "/tmp/reports.sqlite"\n[page]\nlisten = "127.0.0.1:0"\n' >/tmp/monitor.toml
lintel monitor --json --settings /tmp/monitor.toml >/tmp/said 2>&1 &
monitor=$!
until grep -q '"msg":"page"' /tmp/said; do
  kill -0 $monitor || { cat /tmp/said; exit 1; }
  sleep 0.2
done
kill $monitor
wait $monitor || true
ok "the facilities team's page is whole in the package"

mv /var/lib/lintel/clip/door.y4m "$clip"
rmdir /var/lib/lintel/clip
dpkg --remove lintel >/dev/null
files | comm -13 /tmp/before - | grep -v -e '^/etc/lintel' -e '^/var/lib/lintel$' -e '^/var/lib/lintel/state' && exit 1
[ -e /var/lib/lintel/state/device-key.pem ] && [ -e "$settings" ]
ok 'removed, it leaves the settings and the state alone'
dpkg --purge lintel >/dev/null
files | comm -13 /tmp/before - | grep . && exit 1
cmp /etc/passwd /tmp/passwd
cmp /etc/group /tmp/group
ok 'purged, it leaves nothing'
