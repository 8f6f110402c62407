#!/bin/bash
# Given to the image by the machine (a system credential), and no part of it: what a test needs on the inside.
#   bed.sh lines   a GPIO chip of the kernel's simulator in the place of a board's; the button is at rest
#   bed.sh wire    does what the test asks
set -eu
chip=/sys/kernel/config/gpio-sim/door
case $1 in
  lines)
    modprobe --all gpio-sim virtio_console
    mountpoint -q /sys/kernel/config || mount -t configfs configfs /sys/kernel/config
    mkdir -p $chip/bank0
    echo 54 >$chip/bank0/num_lines
    echo pinctrl-bcm2711 >$chip/bank0/label
    echo 1 >$chip/live
    ;;
  wire)
    # shellcheck source=test/device/machine/wire.sh
    . "${0%/*}/lintel.wire"
    ;;
esac
