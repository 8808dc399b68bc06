"""Devices by name: the devices file, references to credentials, and the lock file of what is trusted."""

from isthmus.devices.credentials import Credential, resolve
from isthmus.devices.file import DEVICES_FILE, declared_devices, device_named, load_devices, unknown_device
from isthmus.devices.linux import LinuxDevice, Ssh
from isthmus.devices.lockfile import LOCK_FILE, LockEntry, lock_entry, read_lock, write_lock
from isthmus.devices.model import Device, from_snapshot
from isthmus.devices.parse import parse_device
from isthmus.devices.reference import Reference
from isthmus.devices.routeros import RouterOSDevice, Tls

__all__ = [
    "DEVICES_FILE",
    "LOCK_FILE",
    "Credential",
    "Device",
    "LinuxDevice",
    "LockEntry",
    "Reference",
    "RouterOSDevice",
    "Ssh",
    "Tls",
    "declared_devices",
    "device_named",
    "from_snapshot",
    "load_devices",
    "lock_entry",
    "parse_device",
    "read_lock",
    "resolve",
    "unknown_device",
    "write_lock",
]
