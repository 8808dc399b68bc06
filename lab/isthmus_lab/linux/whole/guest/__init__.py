"""What makes the files of a whole host and becomes systemd-nspawn.

Like the first process of a light host it is started without site packages, so that it costs little.
"""
