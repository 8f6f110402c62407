#!/bin/sh
# Runs a command in another system's files, those in ROOT, with the checkout at /checkout and its build folder replaced:
#   unshare --mount ... sh inside.sh ROOT CHECKOUT BUILD PICTURES COMMAND...
# What is written, the virtual camera's settings too, is gone with the command, but for what is written to /mnt: that is
# the folder LINTEL_MNT if there is one.
set -e
root=$1 checkout=$2 build=$3 pictures=$4
shift 4
for place in proc sys dev; do mount --rbind "/$place" "$root/$place"; done
for place in tmp usr/share/libcamera/pipeline/virtual; do mount -t tmpfs none "$root/$place"; done
mount --rbind "$checkout" "$root/checkout"
mount --bind "$build" "$root/checkout/build"
mount --bind "$pictures" "$root/checkout/build/virtual-camera"
for made in models native; do mount --bind "$checkout/build/$made" "$root/checkout/build/$made"; done
[ -z "${LINTEL_MNT-}" ] || mount --bind "$LINTEL_MNT" "$root/mnt"
exec chroot "$root" "$@"
