"""Resources on Linux hosts, named after what `ip` calls them: `ip link add type gre` is `linux.Gre`."""

from isthmus.linux.address import Address
from isthmus.linux.file import File, Folder
from isthmus.linux.link import Bridge, Dummy, Gre
from isthmus.linux.nft import NftTable
from isthmus.linux.sysctl import Sysctl

__all__ = ["Address", "Bridge", "Dummy", "File", "Folder", "Gre", "NftTable", "Sysctl"]
