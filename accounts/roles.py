"""Who a person can be, and what each role may do; plain words without a framework."""

from enum import StrEnum


class Role(StrEnum):
    """What a member is in an organization (PROCESS.md, Words)."""

    DIRECTOR = "director"
    SUPERVISOR = "supervisor"
    CASEWORKER = "caseworker"
    INTAKE = "intake"
    ANALYST = "analyst"


class PlatformDuty(StrEnum):
    """What a person does for the platform; none of these sees a case."""

    CURATOR = "curator"
    OPERATOR = "operator"


class Verb(StrEnum):
    """What can be asked of ``accounts.rules.can`` today."""

    SETTINGS_CHANGE = "settings.change"
    MEMBERS_CHANGE = "members.change"
    AUDIT_READ = "audit.read"
    CASE_CREATE = "case.create"
    CASE_READ = "case.read"
    CASE_CHANGE = "case.change"
    CASE_READ_ALL = "case.read_all"
    CASE_ASSIGN = "case.assign"
    REPORT_RELEASE = "report.release"
    REPORT_SUPERVISE = "report.supervise"
    NUMBERS_READ = "numbers.read"
    DIRECTORY_CURATE = "directory.curate"


_INTAKE = frozenset({Verb.CASE_CREATE})
_CASEWORK = _INTAKE | {Verb.CASE_READ, Verb.CASE_CHANGE, Verb.REPORT_RELEASE, Verb.NUMBERS_READ}
_SUPERVISION = _CASEWORK | {Verb.CASE_READ_ALL, Verb.CASE_ASSIGN, Verb.REPORT_SUPERVISE, Verb.AUDIT_READ}

VERBS_OF_ROLE: dict[Role, frozenset[Verb]] = {
    Role.DIRECTOR: _SUPERVISION | {Verb.SETTINGS_CHANGE, Verb.MEMBERS_CHANGE},
    Role.SUPERVISOR: _SUPERVISION,
    Role.CASEWORKER: _CASEWORK,
    Role.INTAKE: _INTAKE,
    Role.ANALYST: frozenset({Verb.NUMBERS_READ}),
}

#: Who stands above whom where roles are given; those on one level do not stand above each other.
LEVEL_OF_ROLE: dict[Role, int] = {
    Role.DIRECTOR: 3,
    Role.SUPERVISOR: 2,
    Role.CASEWORKER: 1,
    Role.INTAKE: 0,
    Role.ANALYST: 0,
}

VERBS_OF_DUTY: dict[PlatformDuty, frozenset[Verb]] = {
    PlatformDuty.CURATOR: frozenset({Verb.DIRECTORY_CURATE}),
    PlatformDuty.OPERATOR: frozenset(),
}
