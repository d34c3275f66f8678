"""The wording rules: plain functions over one free text, each returning the places that break the rule.

They never raise, take time linear in the text, and know nothing of recipients: which rule is an error
for whom is decided where letters are checked.
"""

from letters.wording.crime import CRIME_AND_FRAUD_MENDING, mentions_word, says_crime, says_fraud
from letters.wording.dialogue import DIALOGUE_MENDING, dialogue
from letters.wording.findings import Finding
from letters.wording.forbidden import FORBIDDEN_WORD_MENDING, forbidden_in_letter, forbidden_words
from letters.wording.health import HEALTH_MENDING, health
from letters.wording.locations import LOCATION_MENDING, locations

__all__ = [
    "CRIME_AND_FRAUD_MENDING",
    "DIALOGUE_MENDING",
    "FORBIDDEN_WORD_MENDING",
    "HEALTH_MENDING",
    "LOCATION_MENDING",
    "Finding",
    "dialogue",
    "forbidden_in_letter",
    "forbidden_words",
    "health",
    "locations",
    "mentions_word",
    "says_crime",
    "says_fraud",
]
