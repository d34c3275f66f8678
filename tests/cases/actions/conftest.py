"""The fixtures of a desk at an organization."""

from tests.desk import desk, shipped_directory

__all__ = ["desk", "shipped_directory"]
