"""Reading letters for those who ask from outside."""
