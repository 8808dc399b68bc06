"""What stands in a lab: nodes, their interfaces, and the links between them, as read from a topology file."""

from isthmus_lab.topology.interface import Interface, Route
from isthmus_lab.topology.link import End, Link
from isthmus_lab.topology.load import load, parse, read
from isthmus_lab.topology.node import LinuxNode, Node, RouterNode, Ssh
from isthmus_lab.topology.shipped import shipped
from isthmus_lab.topology.topology import Topology

__all__ = [
    "End",
    "Interface",
    "Link",
    "LinuxNode",
    "Node",
    "Route",
    "RouterNode",
    "Ssh",
    "Topology",
    "load",
    "parse",
    "read",
    "shipped",
]
