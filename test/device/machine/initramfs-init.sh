#!/bin/busybox sh
# First program of the test machine: loads the drivers, mounts root disk, project and the project's packages, and
# hands over to the project's own init.
b=/bin/busybox
$b mount -t proc proc /proc
$b mount -t sysfs sys /sys
$b mount -t devtmpfs dev /dev
for driver in $($b cat /drivers/order); do $b insmod "/drivers/$driver"; done
$b mount -t ext4 /dev/vda /root
$b mount -t ext4 -o ro /dev/vdc /root/lintel
$b mount -t ext4 -o ro /dev/vdb /root/lintel/node_modules
for kept in proc sys dev; do $b mount --move /$kept /root/$kept; done
exec $b switch_root /root /lintel/test/device/machine/init.sh
