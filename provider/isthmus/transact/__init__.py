"""Carrying out what the engine decided, as transactions on one device."""
