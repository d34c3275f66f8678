"""Reading and checking."""
