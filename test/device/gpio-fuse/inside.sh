#!/bin/sh
# Runs a command where /sys/class/gpio is the stand-in:
#   unshare --mount --pid --fork --kill-child --mount-proc sh inside.sh GPIO-FUSE MOUNTPOINT "CHIP..." COMMAND...
# All of it, mounts and processes, ends with this shell, which is the first process of its namespace.
set -e
program=$1 mountpoint=$2 chips=$3
shift 3
mkdir -p "$mountpoint"
# shellcheck disable=SC2086 # each chip is a word
"$program" "$mountpoint" $chips &
for _ in $(seq 100); do
  [ -d "$mountpoint/class" ] && break
  sleep 0.05
done
[ -d "$mountpoint/class" ] || { echo "the stand-in did not come up" >&2; exit 1; }
mount -t tmpfs none /sys/class
mkdir /sys/class/gpio
mount --bind "$mountpoint/class" /sys/class/gpio
"$@"
