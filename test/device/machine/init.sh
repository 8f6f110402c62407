#!/bin/bash
# PID 1 of the test machine. It takes one command a line from the wire (a virtio serial port) and answers each with
# its output, every line after a blank, and then `exit STATUS`. When the wire is cut, the machine goes off.
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

port=$(grep -lx wire /sys/class/virtio-ports/*/name)
exec 3<> "/dev/$(basename "$(dirname "$port")")"
cd /lintel
echo "ready $(uname -r)" >&3
while IFS= read -r command <&3; do
  bash -c "$command" 2>&1 < /dev/null 3>&- | sed -u 's/^/ /' >&3
  printf '\nexit %s\n' "${PIPESTATUS[0]}" >&3
done
echo o > /proc/sysrq-trigger
sleep infinity
