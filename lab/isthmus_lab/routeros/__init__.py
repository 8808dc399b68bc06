"""An emulated RouterOS router: its API, its menus, and a control channel of the lab's own."""
