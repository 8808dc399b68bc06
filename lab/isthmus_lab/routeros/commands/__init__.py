"""The commands that menus share, and the few that only one has."""
