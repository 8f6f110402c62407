#!/bin/sh
# inside.sh PACKAGE: makes the root in which it runs, as its root, one of ours. It is a chroot of arm64.
set -eu
export DEBIAN_FRONTEND=noninteractive
systemd-sysusers 00-lintel-image.conf
dpkg --install "$1"
systemctl enable lintel-trial.service systemd-networkd.service systemd-resolved.service systemd-timesyncd.service
# Nobody can log in: there is no password. What Debian looks after now and then lies in a root that does not change.
systemctl mask getty@.service serial-getty@.service console-getty.service apt-daily.timer apt-daily-upgrade.timer \
  dpkg-db-backup.timer e2scrub_all.timer fstrim.timer
passwd --lock root
ln -sf ../run/systemd/resolve/stub-resolv.conf /etc/resolv.conf
mkdir -p /data /boot/firmware
mkdir -p /usr/share/doc/lintel-image
dpkg-query --show >/usr/share/doc/lintel-image/packages
