#!/bin/busybox sh
# First program of a slot: loads the drivers, finds the root by the name of its partition, and hands over to it. What does not
# succeed within a minute is started anew: in a trial, that is the way back.
b=/bin/busybox
$b mount -t proc proc /proc
$b mount -t sysfs sys /sys
$b mount -t devtmpfs dev /dev
for driver in $($b cat /drivers/order); do $b insmod "/drivers/$driver"; done
label=$($b sed -n 's/.*\broot=PARTLABEL=\([a-z-]*\).*/\1/p' /proc/cmdline)
for _ in $($b seq 60); do
  found=$($b grep -lx "PARTNAME=$label" /sys/class/block/*/uevent)
  # Of two, one is on a disk that somebody has plugged in.
  case $found in *uevent*uevent) found= ;; esac
  if [ -n "$found" ] && $b mount -t squashfs -o ro "/dev/$($b basename "${found%/uevent}")" /root; then
    for kept in proc sys dev; do $b mount --move /$kept /root/$kept; done
    exec $b switch_root /root /sbin/init
  fi
  $b sleep 1
done
echo "There is no root named '$label', or more than one."
$b reboot -f
