"""The two words that every letter to a Chinese agency must have, in capitals (PROCESS.md, step 6)."""

import re

CRIME_AND_FRAUD_MENDING = "Say that a CRIME is reported, specifically FRAUD, both in capitals."


def mentions_word(text: str, word: str) -> bool:
    """Whether `word` stands in the text exactly as written here, capitals included, as a word of its own."""
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


def says_crime(text: str) -> bool:
    """Whether the text says CRIME."""
    return mentions_word(text, "CRIME")


def says_fraud(text: str) -> bool:
    """Whether the text says FRAUD."""
    return mentions_word(text, "FRAUD")
