"""``python3 -I agent.pyz serve [NETNS]``: answer on standard input and output."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from isthmus_agent.host import HOME, Host
from isthmus_agent.serve import serve


def main(arguments: list[str]) -> int:
    """Run a verb."""
    verb, *rest = arguments or ["serve"]
    home = Path(os.environ.get("ISTHMUS_AGENT_HOME", HOME))
    if verb == "serve":
        serve(Host(rest[0] if rest else "", home), sys.stdin, sys.stdout)
        return 0
    print(f"isthmus-agent: unknown verb {verb}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
