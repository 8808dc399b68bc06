"""Join networks with MikroTik routers and Linux hosts, in one Pulumi program."""

from isthmus.secret import Secret

__all__ = ["Secret"]
