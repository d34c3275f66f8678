"""Letters, and where their verification codes lead."""

from letters.models.letter import Letter
from letters.models.verify_code import VerifyCode

__all__ = ["Letter", "VerifyCode"]
