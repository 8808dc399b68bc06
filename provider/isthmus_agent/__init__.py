"""The agent: what runs on a Linux host, changes its kernel and files, and remembers what is whose.

It travels to the host as one file with pyroute2 inside, speaks JSON lines on its standard input and output, and
needs nothing of the host but Python 3.9. The same code restores at boot what was recorded.
"""
