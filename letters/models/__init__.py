"""Letters, where their verification codes lead, and their way out: approval, release, outbox."""

from letters.models.dispatch import Dispatch, DomainSlot
from letters.models.letter import Letter
from letters.models.release import Approval, Release
from letters.models.verify_code import VerifyCode

__all__ = ["Approval", "Dispatch", "DomainSlot", "Letter", "Release", "VerifyCode"]
