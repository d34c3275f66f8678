"""`make bench`: every benchmark of this folder, each printing lines `name: figure unit (baseline …, ratio …)`."""

import importlib
import os
import sys
from pathlib import Path

import django


def main() -> None:
    """Run the benchmarks named on the command line, or all of them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    folder = Path(__file__).parent
    every = [
        path.stem for path in sorted(folder.glob("*.py")) if "def main(" in path.read_text() and path.stem[0] != "_"
    ]
    for name in sys.argv[1:] or every:
        importlib.import_module(f"benchmarks.{name}").main()


if __name__ == "__main__":
    main()
