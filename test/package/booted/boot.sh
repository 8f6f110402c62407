#!/bin/sh
# Boots the Debian in ROOT, whose first process is its systemd:
#   unshare --mount --pid --fork --kill-child --uts --ipc --net --cgroup --time --boottime -SECONDS sh boot.sh ROOT GPIO-FUSE "CHIP..."
# The power has come on SECONDS after that of this machine.
# Kernel, cgroups, seccomp and namespaces are those of this machine. What the kernel has for all its systems alike (devices,
# settings) is out of sight or can only be read: nothing that is done inside changes this machine.
set -eu
root=$1 gpio_fuse=$2 chips=$3
mount --make-rprivate /
mount --bind "$root" "$root"
cd "$root"
mount -t proc proc proc
mount --bind proc/sys proc/sys
mount -o remount,bind,ro proc/sys
mount -t sysfs sysfs sys
mount -t cgroup2 cgroup2 sys/fs/cgroup
mount -t tmpfs -o mode=755 tmpfs dev
mount -t tmpfs -o mode=755 tmpfs run
device() { mknod "dev/$1" c "$2" "$3" && chmod 666 "dev/$1"; }
device null 1 3
device zero 1 5
device full 1 7
device random 1 8
device urandom 1 9
device tty 5 0
# Stand for a camera, and for a device that neither service is given.
device video0 1 5
device fuse 10 229
mkdir dev/pts dev/shm
mount -t devpts -o newinstance,ptmxmode=666 devpts dev/pts
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
mount -t tmpfs tmpfs dev/shm

# The stand-in for the lines: what is on the wires is below /run/gpio-fuse/test.
mkdir run/gpio-fuse
# shellcheck disable=SC2086 # each chip is a word
"$gpio_fuse" "$root/run/gpio-fuse" $chips &
for _ in $(seq 200); do
  [ -d run/gpio-fuse/class ] && break
  sleep 0.05
done
mount -t tmpfs tmpfs sys/class
mkdir sys/class/gpio
mount --bind run/gpio-fuse/class sys/class/gpio
mount -o remount,bind,ro sys

mkdir run/before
pivot_root . run/before
umount -l run/before
rmdir run/before
exec env -i container=lintel-test PATH=/usr/sbin:/usr/bin /lib/systemd/systemd --log-target=journal </dev/null >/dev/null 2>&1
