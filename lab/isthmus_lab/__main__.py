"""``python -m isthmus_lab`` is ``isthmus-lab``."""

import sys

from isthmus_lab.cli import main

sys.exit(main())
