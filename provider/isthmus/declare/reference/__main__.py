"""`python -m isthmus.declare.reference FOLDER` writes the pages, `--schema` prints the JSON schemas."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from isthmus.declare.reference.catalogue import resources
from isthmus.declare.reference.schema import schema
from isthmus.declare.reference.site import pages


def main() -> int:
    """Write the reference into a folder, or print the schema of every resource by its import name."""
    parser = argparse.ArgumentParser(prog="python -m isthmus.declare.reference", description=__doc__)
    wanted = parser.add_mutually_exclusive_group(required=True)
    wanted.add_argument("folder", nargs="?", type=Path, help="where the pages go; what else is there is removed")
    wanted.add_argument("--schema", action="store_true", help="print JSON schemas instead")
    arguments = parser.parse_args()
    if arguments.schema:
        every = resources()
        found = {entry.name: schema(entry, every) for entry in every if entry.typed or entry.objects}
        json.dump(found, sys.stdout, indent=2)
        print()
    else:
        write(arguments.folder)
    return 0


def write(folder: Path) -> None:
    """Make a folder hold the pages, and no page of a resource that is no more."""
    wanted = pages()
    for stale in sorted(folder.rglob("*.md")):
        if stale.relative_to(folder).as_posix() not in wanted:
            stale.unlink()
    for name, text in wanted.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    sys.exit(main())
