"""How a resource is declared: once, as a class whose fields are the device's words."""
