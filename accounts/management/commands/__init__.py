"""The commands of ``accounts``."""
