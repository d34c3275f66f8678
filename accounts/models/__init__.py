"""The tables of ``accounts``, and the base of every tenant table."""

from accounts.models.account_mail import AccountMail
from accounts.models.audit import AuditEntry, AuditHead
from accounts.models.base import TenantModel
from accounts.models.cache import CacheEntry
from accounts.models.invitations import Invitation, InvitationCode
from accounts.models.keys import DataKey, SigningKey
from accounts.models.organization import Organization
from accounts.models.people import Membership, PlatformRole, User

__all__ = [
    "AccountMail",
    "AuditEntry",
    "AuditHead",
    "CacheEntry",
    "DataKey",
    "Invitation",
    "InvitationCode",
    "Membership",
    "Organization",
    "PlatformRole",
    "SigningKey",
    "TenantModel",
    "User",
]
