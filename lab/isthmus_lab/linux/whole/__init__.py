"""Whole hosts: systemd as the first process, for services and reboots; up in a few seconds."""
