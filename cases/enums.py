"""The closed lists of a case, as the intake file names them. Plain enums: no Django here."""

from __future__ import annotations

from enum import StrEnum


class FraudKind(StrEnum):
    """What was done to the victim."""

    INVESTMENT = "investment"
    ROMANCE = "romance"
    IMPERSONATION = "impersonation"
    EMPLOYMENT = "employment"
    PURCHASE = "purchase"
    LOAN = "loan"
    EXTORTION = "extortion"
    RECOVERY = "recovery"
    FORCED_CRIMINALITY = "forced_criminality"
    OTHER = "other"


class IdentifierKind(StrEnum):
    """A kind of hard fact that points to the offender."""

    WEBSITE = "website"
    APP = "app"
    EMAIL = "email"
    PHONE = "phone"
    SOCIAL_PROFILE = "social_profile"
    MESSAGING_ACCOUNT = "messaging_account"
    CRYPTO_WALLET = "crypto_wallet"
    BANK_ACCOUNT = "bank_account"
    PERSON_NAME = "person_name"
    COMPANY_NAME = "company_name"
    OTHER = "other"


class Mechanism(StrEnum):
    """How a payment travelled."""

    BANK_WIRE = "bank_wire"
    CARD = "card"
    CASH = "cash"
    CHEQUE = "cheque"
    CRYPTO = "crypto"
    GIFT_CARD = "gift_card"
    MONEY_SERVICE = "money_service"
    PAYMENT_APP = "payment_app"
    OTHER = "other"


class Direction(StrEnum):
    """Money that left the victim, or came back."""

    SENT = "sent"
    RETURNED = "returned"


class Channel(StrEnum):
    """The way a report travels."""

    EMAIL = "email"
    WEB_FORM = "web_form"
    PHONE = "phone"
    IN_PERSON = "in_person"
    POST = "post"


class ReportKind(StrEnum):
    """What sort of office a report was made to."""

    POLICE = "police"
    NATIONAL_DESK = "national_desk"
    REGULATOR = "regulator"
    GOVERNMENT = "government"
    MISSION = "mission"
    INSTITUTION = "institution"
    PLATFORM = "platform"
    OTHER = "other"


class Outcome(StrEnum):
    """What became of a report. A refused one stays to do."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    REFERRED = "referred"
    NO_ANSWER = "no_answer"


class Origin(StrEnum):
    """How a report, a consent or a piece of evidence came to us: an intake replaces only what an intake brought."""

    INTAKE = "intake"
    MEMBER = "member"
    LETTER = "letter"


class ConsentGiver(StrEnum):
    """Who gave a consent."""

    VICTIM = "victim"
    REPORTER = "reporter"


class ConsentMethod(StrEnum):
    """How a consent was given; empty where the intake does not say."""

    IN_WRITING = "in_writing"
    BY_PHONE_READ_BACK = "by_phone_read_back"
    PORTAL = "portal"


class Withhold(StrEnum):
    """What a recipient is not to be told although it would be by default."""

    STREET = "victim.street"
    PHONE = "victim.phone"
    EMAIL = "victim.email"
    IMPACT = "impact"


class Disclose(StrEnum):
    """What a foreign state's agency may be told although it is not by default."""

    DATE_OF_BIRTH = "victim.date_of_birth"
    NATIONALITIES = "victim.nationalities"
    FROM_ACCOUNT = "transfers.from_account"
    REPORTER_CONTACT = "reporter.contact"
    EVIDENCE = "evidence"


class NexusAnswer(StrEnum):
    """The answer of the screening, whether there is a link to Chinese offenders."""

    YES = "yes"
    LIKELY = "likely"
    NO = "no"
    UNKNOWN = "unknown"


class Purpose(StrEnum):
    """To what else the victim agreed; neither by default."""

    STATISTICS = "statistics"
    INDICATORS = "indicators"
