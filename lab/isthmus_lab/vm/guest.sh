#!/bin/sh
# Runs in the virtual machine as root: makes it ready for a lab, then serves SSH until the machine is ended.
# $1 is the folder that the virtual machine shares with its host, $2 where programs are looked for; the rest are
# folders with programs, which are read through a cache.
set -eu
export HOME=/root PATH="$2"
shared=$1
shift 2

# virtme locks every account, and sshd without PAM lets nobody into a locked one.
sed 's/^\([^:]*\):!:/\1:*:/' /etc/shadow > /run/shadow && cat /run/shadow > /etc/shadow && rm /run/shadow

modprobe -a virtio_net overlay tun veth bridge

# Shows a folder over itself, with changes of this machine's own.
layer() {
    new=/run/isthmus/layers/$(echo "$2" | tr / -)
    mkdir -p "$new/upper" "$new/work"
    mount -t overlay -o "lowerdir=$1,upperdir=$new/upper,workdir=$new/work" overlay "$2"
}

# Without a cache each look at a file is a question to the host: Python would be twice as slow to start.
machine=/run/isthmus/machine
mkdir -p "$machine"
mount -t 9p -o version=9p2000.L,trans=virtio,access=any,msize=512000,cache=loose,ro machine "$machine"
for folder in /root /usr "$@"; do layer "$machine$folder" "$folder"; done
# The machine's own shell startup files are none of the lab's, and slow here.
rm -f /root/.bashrc /root/.bash_profile /root/.bash_login /root/.profile

ip link set lo up
for path in /sys/class/net/*; do
    card=${path##*/}
    [ "$(cat "$path/address")" = 52:54:00:00:00:01 ] && break
done
ip link set "$card" up
ip address add 10.0.2.15/24 dev "$card"

# What is forwarded to this machine reaches listeners on its loopback. Their ports are chosen from a range of which the
# host's own choices are not.
echo 1 > "/proc/sys/net/ipv4/conf/$card/route_localnet"
echo 20000 27999 > /proc/sys/net/ipv4/ip_local_port_range
nft -f - <<END
table ip isthmus {
    chain forwarded {
        type nat hook prerouting priority dstnat
        iifname "$card" tcp dport != 22 dnat to 127.0.0.1
    }
}
END

mkdir -p /run/sshd
exec /usr/sbin/sshd -D -e -f "$shared/sshd.conf"
