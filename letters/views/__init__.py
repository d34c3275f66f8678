"""Pages about letters for people outside."""
