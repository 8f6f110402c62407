#!/bin/bash
# PID 1 of the test machine: does what the wire asks. When the wire is cut, the machine goes off.
export PATH=/lintel/node_modules/.bin:/usr/sbin:/usr/bin HOME=/root TERM=dumb
# Emulated, a first start of TypeScript takes ten seconds and more; later ones take two.
export NODE_COMPILE_CACHE=/tmp/node-compile-cache
mount -t tmpfs tmpfs /tmp
mount -t tmpfs tmpfs /run
mkdir -p /dev/pts /dev/shm
mount -t devpts devpts /dev/pts
mount -t tmpfs tmpfs /dev/shm
mount -t configfs configfs /sys/kernel/config
mount -t tracefs tracefs /sys/kernel/tracing
ip link set lo up
modprobe gpio-sim
if [ -b /dev/vdd ]; then mount -t ext4 /dev/vdd /data; fi

cd /lintel
# shellcheck source=test/device/machine/wire.sh
. test/device/machine/wire.sh
echo o > /proc/sysrq-trigger
sleep infinity
