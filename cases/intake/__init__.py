"""Intake: one victim's case as JSON, refused with every problem at once or kept as it was given.

Plain Python without a database. `read_intake` takes a file, `parse_intake` bytes; see `records` for what
they return, and the contract's "Refused or kept" for the rules.
"""

from cases.intake.problems import IntakeRefused, Problem
from cases.intake.reading import parse_intake, read_intake
from cases.intake.records import Intake

__all__ = ["Intake", "IntakeRefused", "Problem", "parse_intake", "read_intake"]
