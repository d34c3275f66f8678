"""The tables of the directory, shared by all organizations."""

from directory.models.agencies import Agency, Mission
from directory.models.contacts import AddressProposal, ContactPoint

__all__ = ["AddressProposal", "Agency", "ContactPoint", "Mission"]
