"""What a person does: atomic, audited, keyword-only."""
