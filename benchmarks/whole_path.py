"""What a worker does to make one letter, without database and vault."""

from datetime import UTC, datetime

from accounts.certificates import Credential
from letters.documents.compose import document_title, letter_html
from letters.documents.mail import email_bytes
from letters.documents.render import render_pdf
from letters.documents.sign import sign_pdf
from letters.documents.stylesheet import stylesheet
from letters.facts import LetterFacts


def whole_path(facts: LetterFacts, key: Credential) -> tuple[bytes, bytes]:
    """Facts → HTML → PDF → signature → e-mail."""
    now = datetime.now(UTC)
    pdf = render_pdf(
        letter_html(facts),
        stylesheet=stylesheet(facts),
        title=document_title(facts),
        language="en",
        author=facts.sender.name,
        created=now,
    )
    signed = sign_pdf(
        pdf,
        private_key_pem=key.private_key.encode(),
        certificate_pem=key.certificate.encode(),
        reason="Attests the unchanged text of this report, not its facts",
        signed_at=now,
    )
    if facts.recipient.channel != "email":
        return signed, b""
    return signed, email_bytes(facts, pdf=signed, message_id="<bench.1@example.org>", date=now)
