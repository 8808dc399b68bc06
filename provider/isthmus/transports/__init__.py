"""Transports carry bytes to devices and back; they know nothing of resources or of what a command means."""
