"""`make run`: everything of the demo as processes of one, and a mail sink in the place of the world."""
