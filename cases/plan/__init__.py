"""From a case to the list of reports that it should lead to."""

from cases.plan.build import Plan, build_plan, nexus_of
from cases.plan.rows import Group, LetterKind, PlanRow

__all__ = ["Group", "LetterKind", "Plan", "PlanRow", "build_plan", "nexus_of"]
