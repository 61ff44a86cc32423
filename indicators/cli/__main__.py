"""``python -m indicators.cli``."""

from __future__ import annotations

import sys

from indicators.cli import main

sys.exit(main())
