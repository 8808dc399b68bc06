"""`/system/script`: commands that are kept."""

from collections.abc import Sequence
from typing import Literal

from isthmus.declare.fields import Property, word
from isthmus.routeros.named import ResourceNamedItem

Right = Literal["ftp", "password", "policy", "read", "reboot", "romon", "sensitive", "sniff", "test", "write"]
"""Something that commands may be allowed to do."""

ALL_RIGHTS = "ftp,password,policy,read,reboot,romon,sensitive,sniff,test,write"
"""What a script may do unless it is told, by a user who may do everything."""


class Script(ResourceNamedItem, menu="/system/script", key=("name",)):
    """Commands under a name. (MikroTik manual: Scripting)."""

    name: Property[str] = word("Name of the script; by default the resource's.")
    source: Property[str] = word("The commands.", default="")
    policy: Property[Sequence[Right]] = word("What the script may do.", default=ALL_RIGHTS)
    dont_require_permissions: Property[bool] = word(
        "Whether whoever runs the script may lack the rights that it has.", default="no"
    )
    owner: Property[str] = word("Name of the user that the script belongs to.")
    comment: Property[str] = word("Text for people.")
