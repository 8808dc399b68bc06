"""A list of rows that one resource owns in a chain, or a set of entries of one name, changed as a whole."""

from isthmus.transact.rows.declared import Kept, Rows, Seen, Standing
from isthmus.transact.rows.leaving import remove
from isthmus.transact.rows.life import read, settle

__all__ = ["Kept", "Rows", "Seen", "Standing", "read", "remove", "settle"]
