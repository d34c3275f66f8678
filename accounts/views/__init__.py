"""Pages about the person who signs in, and pages for when something is wrong."""
