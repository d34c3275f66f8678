"""What normalization answers: the canonical form and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, replace

ERRORS = frozenset({"profile-link", "wallet-checksum", "iban-checksum"})
"""Rules that bar every report which would print the identifier. Every other rule here is a warning."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A rule that an identifier breaks, and in one or two sentences how to mend it."""

    rule: str
    message: str


@dataclass(frozen=True, slots=True)
class Canonical:
    """An identifier in the one form that all its spellings share.

    value is for matching and never for printing: letters print the text as it was given.
    service and chain are lower-case slugs, host is ASCII (IDNA), country is ISO 3166 alpha-2;
    each is "" where it does not apply or is not known. registrable_domain is empty for social
    networks and app stores, so that two cases with the same one share the offender's own domain.
    """

    kind: str
    value: str
    service: str = ""
    host: str = ""
    registrable_domain: str = ""
    chain: str = ""
    country: str = ""
    problems: tuple[Problem, ...] = ()

    def with_problem(self, rule: str, message: str) -> Canonical:
        """The same identifier with one problem more."""
        return replace(self, problems=(*self.problems, Problem(rule, message)))
