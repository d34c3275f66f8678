"""The closed lists of the directory."""

from enum import StrEnum


class AgencyKind(StrEnum):
    """What an agency is."""

    POLICE = "police"
    NATIONAL_DESK = "national_desk"
    REGULATOR = "regulator"
    GOVERNMENT = "government"
    PLATFORM = "platform"
    NGO = "ngo"
    FINANCIAL_INTELLIGENCE = "financial_intelligence"
    MISSION = "mission"


class MissionKind(StrEnum):
    """What a mission is; only an embassy can be the nearest embassy."""

    EMBASSY = "embassy"
    CONSULATE_GENERAL = "consulate_general"
    CONSULATE = "consulate"
    CONSULAR_OFFICE = "consular_office"
    CHARGE_DAFFAIRES_OFFICE = "charge_daffaires_office"
    REPRESENTATIVE_OFFICE = "representative_office"


class Region(StrEnum):
    """The seven groups in which the Chinese Foreign Ministry lists its missions."""

    ASIA = "Asia"
    WESTERN_ASIA = "Western Asia and North Africa"
    AFRICA = "Africa"
    CENTRAL_ASIA = "Europe and Central Asia"
    EUROPE = "Europe"
    NORTH_AMERICA = "North America and Oceania"
    LATIN_AMERICA = "Latin America"


class Channel(StrEnum):
    """How an agency is reached."""

    EMAIL = "email"
    WEB_FORM = "web_form"
    PHONE = "phone"
    IN_PERSON = "in_person"
    POST = "post"
    FAX = "fax"


class Purpose(StrEnum):
    """What a contact point is there for, as its owner publishes it."""

    GENERAL = "general"
    REPORTS = "reports"
    POLITICAL = "political"
    PRESS = "press"
    CONSULAR = "consular"
    VISA = "visa"
    PASSPORT = "passport"
    INFORMATION = "information"


class Status(StrEnum):
    """Whether a contact point works, as far as anybody knows."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class Confidence(StrEnum):
    """How far a source is to be trusted."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
