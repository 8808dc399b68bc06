"""Light hosts: namespaces with a private view of the machine's files, up in a second."""
