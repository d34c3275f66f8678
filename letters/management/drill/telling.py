"""What the processes of the drill tell it: figures, a line each."""

from __future__ import annotations

import sys


def tell(figure: float) -> None:
    """Give the drill one figure."""
    sys.stdout.write(f"{figure}\n")
    sys.stdout.flush()
