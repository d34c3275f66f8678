"""A letter to nobody, that uses every face, size and form of the real ones.

The render process prints it once when it starts. Each letter's own process then finds faces open, shapes known and
the style sheet read, which would otherwise take a third of its time.
"""

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache

from letters.documents.compose import document_title, letter_html
from letters.documents.letter import Letter
from letters.documents.stylesheet import stylesheet
from letters.facts import (
    EarlierReport,
    Exhibit,
    IdentifierLine,
    Impact,
    LetterFacts,
    Person,
    Recipient,
    Sender,
    Signature,
    TimelineFact,
    Total,
    TransferLine,
)

_DAY = date(2026, 1, 1)
_CODE = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_WORDS = "The quick brown fox jumps over the lazy dog, “and” back: 0123456789 – (1.5) ¿é? ’"
_ONE = Decimal("1.5")


@cache
def specimen() -> bytes:
    """The letter as the render process takes it."""
    facts = _facts()
    html, title = letter_html(facts), document_title(facts)
    return Letter(html, stylesheet(facts), title, "en", facts.sender.name, datetime(2026, 1, 1, tzinfo=UTC)).to_bytes()


def _facts() -> LetterFacts:
    return LetterFacts(
        case_number="RD-0000-000000",
        letter_date=_DAY,
        draft=True,
        sender=Sender(_WORDS, (_WORDS,), (_WORDS,), "a@example.org", "a@example.org", "+1", "example.org", "#000000"),
        recipient=_recipient(),
        victim=Person(_WORDS),
        signature=Signature(_WORDS),
        fraud_kind="other",
        timeline=(TimelineFact(_DAY, _WORDS),),
        identifiers=(IdentifierLine("website", _CODE, note=_WORDS), IdentifierLine("person_name", _WORDS)),
        transfers=(TransferLine(1, _ONE, "USDT", "crypto", sent_on=_DAY, from_institution=_WORDS, to_account=_CODE),),
        totals=(Total("USDT", _ONE, _ONE, _ONE),),
        impact=Impact(_WORDS, _WORDS),
        earlier_reports=(EarlierReport(_WORDS, _DAY, _CODE),),
        exhibits=(Exhibit("A", "image/png", _CODE, _WORDS),),
        verify_url="https://example.org/",
    )


def _recipient() -> Recipient:
    return Recipient(
        key="specimen",
        kind="embassy",
        name=_WORDS,
        name_local="样张",
        address=(_WORDS,),
        channel="email",
        to="a@example.org",
        attention=_WORDS,
        attention_local="致：样张",
        ask_to_forward=True,
        chinese=True,
        foreign=True,
    )
