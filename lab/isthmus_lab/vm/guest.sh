#!/bin/sh
# Runs in the virtual machine as root: makes it ready for a lab, then serves SSH until the machine is ended.
# $1 is the folder that the virtual machine shares with its host.
set -eu
export HOME=/root PATH="$2"

# virtme locks every account, and sshd without PAM lets nobody into a locked one.
sed 's/^\([^:]*\):!:/\1:*:/' /etc/shadow > /run/shadow && cat /run/shadow > /etc/shadow && rm /run/shadow
modprobe -a virtio_net overlay tun veth bridge
ip link set lo up

# root's home can be written to, and has not the machine's shell startup files: they are none of the lab's, and slow.
mkdir -p /run/isthmus/root.new /run/isthmus/root.work
mount -t overlay -o lowerdir=/root,upperdir=/run/isthmus/root.new,workdir=/run/isthmus/root.work overlay /root
rm -f /root/.bashrc /root/.bash_profile /root/.bash_login /root/.profile

for card in /sys/class/net/*; do
    [ "$(cat "$card/address")" = 52:54:00:00:00:01 ] && card=${card##*/} && break
done
ip link set "$card" up
ip address add 10.0.2.15/24 dev "$card"

mkdir -p /run/sshd
exec /usr/sbin/sshd -D -e -f "$1/sshd.conf"
