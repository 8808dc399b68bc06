"""What runs as the first process of a light host.

It is started without site packages, so that it costs little: it imports the standard library and itself only.
"""
