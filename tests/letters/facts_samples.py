"""Facts of fictitious letters, for tests and benchmarks."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256

from letters.facts import (
    EarlierReport,
    Exhibit,
    IdentifierLine,
    Impact,
    LetterFacts,
    Person,
    Recipient,
    Reporter,
    Sender,
    Signature,
    TimelineFact,
    Total,
    TransferLine,
)

KINDS = (
    "government",
    "embassy",
    "consulate",
    "police",
    "national_desk",
    "institution",
    "anti_trafficking",
    "own_embassy",
    "generic",
)

SENDER = Sender(
    name="Example Aid Society",
    letterhead=("A non-profit organization for people", "who were defrauded"),
    postal_address=("1 Example Square", "Boston, MA 02108", "United States"),
    email="reports@aid.example.org",
    reply_email="answers@aid.example.org",
    phone="+1 617 555 0100",
    website="https://aid.example.org",
    accent_color="#1f3a5f",
)

EMBASSY = Recipient(
    key="cn-embassy-us",
    kind="embassy",
    name="Embassy of the People’s Republic of China in the United States of America",
    name_local="中华人民共和国驻美利坚合众国大使馆",
    address=("3505 International Place NW", "Washington, D.C. 20008", "United States"),
    channel="email",
    to="embassy@example.org",
    attention="To The Attention of the Honorable Ambassador of the People's Republic of China",
    attention_local="致：中华人民共和国大使阁下",
    ask_to_forward=True,
    chinese=True,
    foreign=True,
)

GOVERNMENT = Recipient(
    key="cn-government-mailbox",
    kind="government",
    name="Government of the People’s Republic of China, general mailbox",
    name_local="中华人民共和国政府公共邮箱",
    address=(),
    channel="email",
    to="mailbox@example.org",
    attention="To the Attention of the Ministry of Public Security",
    attention_local="致：中华人民共和国公安部",
    ask_to_forward=False,
    chinese=True,
    foreign=True,
)

POLICE = Recipient(
    key="us-local-police",
    kind="police",
    name="Worcester Police Department (fictitious)",
    name_local="",
    address=("9 Sample Square", "Worcester, MA 01608"),
    channel="in_person",
    to="",
    attention="",
    attention_local="",
    ask_to_forward=False,
    chinese=False,
    foreign=False,
)

_RECIPIENTS = {
    "embassy": EMBASSY,
    "consulate": replace(
        EMBASSY,
        key="cn-consulate-us-new-york",
        kind="consulate",
        name="Consulate General of the People’s Republic of China in New York",
        name_local="中华人民共和国驻纽约总领事馆",
        address=("520 12th Avenue", "New York, NY 10036", "United States"),
        attention="To The Attention of the Honorable Consul General of the People's Republic of China",
        attention_local="致：中华人民共和国总领事阁下",
    ),
    "government": GOVERNMENT,
    "police": POLICE,
    "national_desk": replace(
        POLICE,
        key="us-ic3",
        kind="national_desk",
        name="Internet Crime Complaint Center (IC3)",
        address=(),
        channel="web_form",
        to="https://desk.example.org/report",
    ),
    "institution": replace(
        POLICE,
        key="institution-harborline-exchange",
        kind="institution",
        name="Harborline Exchange (fictitious), fraud department",
        address=(),
        channel="email",
        to="fraud@exchange.example.org",
    ),
    "generic": replace(
        POLICE,
        key="anyscam",
        kind="generic",
        name="Example Platform, trust and safety",
        address=(),
        channel="email",
        to="abuse@platform.example.org",
    ),
}

VICTIM = Person(
    full_name="Margaret Ellen Testperson",
    address=("14 Sample Terrace", "Worcester, Massachusetts 01602"),
    country="United States",
    email="margaret.testperson@example.org",
    phone="+1 508-555-0142",
)

_TRON_DEPOSIT = "TPCTB3ban7mjkDsjxo1rHAocdneeZ1T9BJ"
_ETHEREUM_DEPOSIT = "0xEC0a325490fbB848AAa9c966953B2F3742d38377"

IDENTIFIERS = (
    IdentifierLine("website", "https://bcg-exchange-pro.example"),
    IdentifierLine("website", "https://h5.bc-group-trade.example/mobile"),
    IdentifierLine("app", "BC Group (iOS TestFlight / .mobileconfig profile)"),
    IdentifierLine("messaging_account", "+852-5550-0199", service="WhatsApp"),
    IdentifierLine("messaging_account", "wxid_k3m8test0142zz", service="WeChat"),
    IdentifierLine("messaging_account", "@bcg_support_vip", service="Telegram"),
    IdentifierLine("email", "service@bcg-exchange-pro.example"),
    IdentifierLine("social_profile", "https://www.facebook.com/profile.php?id=100000000000142", service="Facebook"),
    IdentifierLine("crypto_wallet", _TRON_DEPOSIT, service="tron", note="deposit address shown by the platform"),
    IdentifierLine("crypto_wallet", _ETHEREUM_DEPOSIT, service="ethereum", note="deposit address"),
    IdentifierLine("crypto_wallet", "bc1qnymp7d6mc9hk0lkt455wrcrk7chfv7wphcv22c", service="bitcoin"),
    IdentifierLine("person_name", "Alice Chen 陈爱丽", note="on WeChat"),
    IdentifierLine("company_name", "BC Group Trading Ltd"),
)


def crypto_transfers(count: int = 27) -> tuple[TransferLine, ...]:
    """`count` payments of one victim to two wallets, with 64-digit hashes."""
    return tuple(
        TransferLine(
            number=number,
            amount=Decimal(5000 + 3250 * number),
            currency="USDT",
            mechanism="crypto",
            sent_on=date(2022, 4, 1) + timedelta(days=3 * number),
            from_institution="Harborline Exchange (fictitious)",
            to_account=_TRON_DEPOSIT if number % 3 else _ETHEREUM_DEPOSIT,
            reference=sha256(f"transfer {number}".encode()).hexdigest(),
        )
        for number in range(1, count + 1)
    )


def totals_of(transfers: tuple[TransferLine, ...]) -> tuple[Total, ...]:
    """The totals per currency, in order of first use."""
    result = []
    for currency in dict.fromkeys(transfer.currency for transfer in transfers):
        same = [transfer for transfer in transfers if transfer.currency == currency]
        sent = sum((t.amount for t in same if not t.returned), Decimal(0))
        returned = sum((t.amount for t in same if t.returned), Decimal(0))
        second = sum((t.amount for t in same if t.second_fraud), Decimal(0))
        result.append(Total(currency, sent, returned, sent - returned, second))
    return tuple(result)


def embassy(transfers: int = 27) -> LetterFacts:
    """The usual letter: an investment fraud, reported to a Chinese embassy, in two languages."""
    payments = crypto_transfers(transfers)
    return LetterFacts(
        case_number="RD-2026-000001",
        letter_date=date(2026, 9, 2),
        draft=False,
        sender=SENDER,
        recipient=EMBASSY,
        victim=VICTIM,
        signature=Signature(
            VICTIM.full_name,
            contact=(f"E-mail: {VICTIM.email}", f"Telephone: {VICTIM.phone}", "Address: 14 Sample Terrace, Worcester"),
        ),
        fraud_kind="investment",
        started_on=date(2022, 3, 11),
        discovered_on=date(2022, 7, 28),
        first_contact_on=date(2022, 3, 9),
        first_contact_service="WeChat",
        timeline=(
            TimelineFact(date(2022, 3, 11), "The criminals named a trading platform and its website."),
            TimelineFact(date(2022, 7, 28), "The platform refused to pay out and asked for a further deposit."),
        ),
        identifiers=IDENTIFIERS,
        transfers=payments,
        totals=totals_of(payments),
        impact=Impact(
            emotional="I cannot sleep. I am ashamed to speak about it with my family, and I withdrew from my friends.",
            financial="I lost my retirement savings and sold my house. I now rent one room and I work again at 61.",
            language="en",
        ),
        earlier_reports=(
            EarlierReport(
                "Internet Crime Complaint Center (IC3)", date(2022, 8, 2), "3f9c0b7e5d2a4c1e8b6f0a9d7c5e3b1f"
            ),
            EarlierReport("Federal Trade Commission", date(2022, 8, 3), "152489317"),
            EarlierReport("Worcester Police Department", date(2022, 8, 4), "22-031877", station="Central"),
            EarlierReport(
                "Millbury Police Department", date(2022, 8, 1), outcome="refused", outcome_reason="said it is civil"
            ),
        ),
        exhibits=(
            Exhibit("A", "text/csv", sha256(b"a").hexdigest(), "Withdrawal history of the exchange account"),
            Exhibit("B", "image/png", sha256(b"b").hexdigest(), "Receipt of a wire"),
        ),
        verify_url="https://aid.example.org/verify/7H3KQ2VWX5M4NPRS",
    )


def full() -> LetterFacts:
    """Every field filled: several currencies, money returned, a second fraud, words in two languages, a reporter."""
    payments = (
        TransferLine(
            number=1,
            amount=Decimal("1234.000000000000000001"),
            currency="ETH",
            mechanism="crypto",
            sent_on=date(2025, 3, 10),
            sent_at="2025-03-10 14:05 UTC-04:00",
            network="ethereum",
            from_institution="Harborline Exchange (fictitious)",
            from_account="HX-550-142",
            to_account=_ETHEREUM_DEPOSIT,
            to_country="Hong Kong",
            reference="0x" + sha256(b"one").hexdigest(),
            tag="memo 5550142",
        ),
        TransferLine(
            number=2,
            amount=Decimal("5400.5"),
            currency="BRL",
            mechanism="bank_wire",
            from_institution="Banco Exemplo (fictitious)",
            from_account="BR00 0000 0000 0000 0000 0000 001",
            to_institution="Bank of Samples (fictitious)",
            to_bank_code="SAMPHKHH",
            to_account="000-123456-789",
            to_name="WANG Xiaoming 王小明",
            to_country="China",
            reference="SWIFT-20250322-0001",
            informed="2025-03-23, reference R-77: recall requested",
        ),
        TransferLine(3, Decimal(300), "BRL", "bank_wire", sent_on=date(2025, 3, 25), returned=True),
        TransferLine(
            4, Decimal("900.25"), "BRL", "payment_app", sent_on=date(2025, 5, 2), to_name="שלום כהן", second_fraud=True
        ),
    )
    base = embassy()
    return replace(
        base,
        victim=replace(VICTIM, date_of_birth=date(1961, 2, 28), nationalities=("United States", "Paraguay")),
        reporter=Reporter("Daniela Ejemplo", "daughter", "daniela@example.org", "+1 508-555-0143", "United States"),
        signature=Signature(
            "Daniela Ejemplo",
            VICTIM.full_name,
            "daughter",
            ("E-mail: daniela@example.org", "Telephone: +1 508-555-0143"),
        ),
        fraud_kind="employment",
        stated_loss=Total("USD", Decimal(0), Decimal(0), Decimal("9999.99")),
        transfers=payments,
        totals=totals_of(payments),
        impact=Impact(
            emotional="Siento mucha vergüenza y miedo.",
            financial="Perdí el dinero de la operación de mi madre.",
            emotional_in_english="I feel great shame and fear.",
            financial_in_english="I lost the money for my mother's operation.",
            translated_by="Example Aid Society",
            language="es",
        ),
        exhibits=(*base.exhibits, Exhibit("C", "application/pdf", sha256(b"c").hexdigest(), enclosed=True)),
        recovery_note="the 120 days for disputing card payments (until 2026-12-31)",
    )


def minimal(kind: str = "police") -> LetterFacts:
    """Only what no letter can lack."""
    return LetterFacts(
        case_number="RD-2026-000002",
        letter_date=date(2026, 9, 2),
        draft=True,
        sender=replace(SENDER, letterhead=(), postal_address=(), phone="", website=""),
        recipient=replace(POLICE, kind=kind, address=()),
        victim=Person("Harold Q. Sampleman"),
        signature=Signature("Harold Q. Sampleman"),
        fraud_kind="romance",
    )


def held(kind: str = "anti_trafficking") -> LetterFacts:
    """A person held and forced to defraud others; a sister speaks for them, and no place is named."""
    return LetterFacts(
        case_number="RD-2026-000003",
        letter_date=date(2026, 9, 2),
        draft=False,
        sender=SENDER,
        recipient=replace(
            POLICE,
            key=f"ke-{kind}",
            kind=kind,
            name="National Counter-Trafficking Unit (fictitious)",
            address=(),
            channel="email",
            to="desk@example.org",
        ),
        victim=Person("Amani Testperson", nationalities=("Kenya",)),
        signature=Signature("Neema Testperson", "Amani Testperson", "sister", ("E-mail: neema@example.org",)),
        fraud_kind="forced_criminality",
        reporter=Reporter("Neema Testperson", "sister", "neema@example.org"),
        held=True,
        started_on=date(2026, 6, 1),
        identifiers=(IdentifierLine("messaging_account", "@job_desk_0142", service="Telegram"),),
        impact=Impact(emotional="She is afraid and is not allowed to sleep."),
        verify_url="https://aid.example.org/verify/7H3KQ2VWX5M4NPRS",
    )


def of_kind(kind: str, transfers: int = 27) -> LetterFacts:
    """A letter that shows its kind: two languages for Chinese missions, one elsewhere, held persons where meant."""
    if kind in {"anti_trafficking", "own_embassy"}:
        return held(kind)
    return replace(embassy(transfers), recipient=_RECIPIENTS[kind])
