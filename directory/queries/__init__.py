"""Reading the directory: which agency, which mission, which address."""

from directory.queries.agencies import agencies_by_name, agency_by_name, agency_keys, agency_names
from directory.queries.contacts import main_contact, usable_mailbox
from directory.queries.missions import (
    NearestMission,
    nearest_consulate_general,
    nearest_embassy,
    next_embassy_with_mailbox,
    no_embassy_reason,
)

__all__ = [
    "NearestMission",
    "agencies_by_name",
    "agency_by_name",
    "agency_keys",
    "agency_names",
    "main_contact",
    "nearest_consulate_general",
    "nearest_embassy",
    "next_embassy_with_mailbox",
    "no_embassy_reason",
    "usable_mailbox",
]
