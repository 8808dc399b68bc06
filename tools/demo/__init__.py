"""The demo: two emulated routers, one tunnel, from nothing to destroyed."""
