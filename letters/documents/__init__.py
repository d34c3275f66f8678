"""Facts in, bytes out: HTML to a tagged PDF, its signature, and the checks of the result. Never the database."""
