"""Two organizations with people, cases and letters, every row of them marked."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django.utils import timezone

from accounts.actions.audit import record
from accounts.actions.invitations import invite
from accounts.actions.members import end_membership
from accounts.actions.organizations import create_organization
from accounts.models import Membership, Organization, PlatformRole, User
from accounts.roles import Role
from accounts.signed_in import CHOSEN
from accounts.tenancy import organization as acting_for
from cases.actions.access import share_case
from cases.models import Case, CaseAssignment, CaseCounter, Identifier
from directory.actions.contacts import propose_address
from directory.models import ContactPoint
from tests.letters.outbox.counter import EMBASSY
from tests.probes.actors import ACTORS, AWAY, COLLEAGUES, FOREIGN, HOME, OURS, Actor
from tests.probes.cases import MarkedCase, marked_case
from tests.probes.marks import Marks
from tests.probes.passkeys import registered

#: What an address or a form can name, by the name of its parameter or field.
Names = Mapping[str, str]
RANDOM = "nothing"


@dataclass
class World:
    """What the probes go through."""

    marks: Marks = field(default_factory=Marks)
    organizations: dict[str, Organization] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    cases: dict[str, MarkedCase] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    #: By whose they are: the three cases, and `RANDOM` for what does not exist.
    names: dict[str, Names] = field(default_factory=dict)
    #: By actor: what is theirs alone.
    personal: dict[str, Names] = field(default_factory=dict)

    @property
    def home(self) -> Organization:
        """The organization that the actors belong to."""
        return self.organizations[HOME]

    @property
    def away(self) -> Organization:
        """The one that is none of their business."""
        return self.organizations[AWAY]


def make_world() -> World:
    """Make everything, in the present transaction."""
    world = World()
    for whose, members in ((HOME, _names(a for a in ACTORS if a.is_member)), (AWAY, _names(_two_places()))):
        world.organizations[whose] = _organization(world.marks, whose, members)
    with acting_for(world.home.pk):
        _people_at_home(world)
        director = world.people["director"]
        colleague = _person(world, "colleague", HOME, Role.CASEWORKER)
        world.cases[OURS] = _case(world, OURS, HOME, world.people["caseworker"], director)
        world.cases[COLLEAGUES] = _case(world, COLLEAGUES, HOME, colleague, director)
        _whose_case_it_is(world)
        ours = _invitation(world, HOME, director)
        another = _invitation(world, HOME, director)
    with acting_for(world.away.pk):
        foreign_director = _person(world, "foreign director", AWAY, Role.DIRECTOR)
        foreign = _person(world, "foreign caseworker", AWAY, Role.CASEWORKER)
        for actor in _two_places():
            Membership.objects.create(user=world.people[actor.name], role=str(actor.role_away))
        world.cases[FOREIGN] = _case(world, FOREIGN, AWAY, foreign, foreign_director)
        theirs = _invitation(world, AWAY, foreign_director)
    for whose, user, invitation in (
        (OURS, world.people["caseworker"], ours),
        (COLLEAGUES, colleague, another),
        (FOREIGN, foreign, theirs),
    ):
        world.names[whose] = _names_of(world, whose, user) | invitation
    world.names[RANDOM] = _names_of_nothing()
    for actor in ACTORS:
        if actor.signed_in:
            world.sessions[actor.name] = _sign_in(world, actor)
            world.personal[actor.name] = _personal(world, actor.name, world.people[actor.name])
    _proposal(world)
    return world


def _names(actors: Iterable[Actor]) -> frozenset[str]:
    return frozenset(actor.name for actor in actors)


def _two_places() -> list[Actor]:
    return [actor for actor in ACTORS if actor.role_away]


def _organization(marks: Marks, whose: str, members: frozenset[str]) -> Organization:
    word = partial(marks.word, whose=whose, audience=members)
    made = create_organization(
        slug=whose,
        name=f"Victim Support {word('name of the organization')}",
        by=None,
        letterhead=f"Registered as {word('letterhead')}",
        sending_email=f"reports@{word('sending address')}.example.org",
        reply_email=f"answers@{word('reply address')}.example.org",
        postal_address=f"1 {word('postal address')} Square\nExampleton",
        privacy_notice=f"We keep it safe, {word('privacy notice')}.",
        holding_hours=24,
    )
    marks.know(made.pk, "id", whose, members)
    with acting_for(made.pk):
        # Numbers begin anew in each organization: here they are recognized by where they begin.
        CaseCounter.objects.create(year=timezone.localdate().year, last=100_000 + secrets.randbelow(800_000))
    return made


def _people_at_home(world: World) -> None:
    for actor in ACTORS:
        if not actor.signed_in:
            continue
        user = _person(world, actor.name, HOME if actor.role else "nowhere", actor.role)
        if actor.duty:
            PlatformRole.objects.create(user=user, duty=actor.duty.value)


def _person(world: World, name: str, whose: str, role: Role | None) -> User:
    """A person whose name their colleagues who work on cases may read, and whose address the director."""
    myself = {name}
    at_home = whose == HOME
    colleagues = _names(actor for actor in ACTORS if actor.works_on_cases) if at_home else frozenset()
    directors = _names(actor for actor in ACTORS if actor.directs) if at_home else frozenset()
    email = f"{world.marks.word('e-mail', name, directors | myself)}@example.org"
    user = User.objects.create_user(email, name=f"Alex {world.marks.word('name', name, colleagues | myself)}")
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    world.marks.know(user.pk, "id", name, colleagues | myself)
    if role:
        membership = Membership.objects.create(user=user, role=role)
        world.marks.know(membership.pk, "membership", name, directors)
    world.people[name] = user
    return user


def _whose_case_it_is(world: World) -> None:
    case, director = world.cases[OURS].case, world.people["director"]
    for actor in ACTORS:
        if actor.role != Role.CASEWORKER or "without" in actor.name:
            continue
        if "shared" in actor.name:
            share_case(case=case, user=world.people[actor.name], by=director)
        else:
            CaseAssignment.objects.get_or_create(case=case, user=world.people[actor.name])
        if actor.ended:
            membership = Membership.objects.get(user=world.people[actor.name])
            end_membership(membership=membership, by=director)


def _case(world: World, name: str, whose: str, caseworker: User, director: User) -> MarkedCase:
    audience = _names(actor for actor in ACTORS if name in actor.opens)
    word = partial(world.marks.word, whose=name, audience=audience)
    made = marked_case(world.organizations[whose], caseworker, director, word)
    _somebody_who_was_here(world, name, made.case)
    know = partial(world.marks.know, whose=name, audience=audience)
    know(made.case.number, "number of the case")
    know(made.case.pk, "id of the case")
    know(made.evidence_id, "id of the evidence")
    know(made.report.pk, "id of the report")
    for letter in made.case.letters.all():
        know(letter.pk, "id of a letter")
        know(letter.message_id.strip("<>"), "Message-ID")
        if letter.document_sha256:
            know(letter.document_sha256, "SHA-256 of a letter")
        if letter.verify_code:
            know(letter.verify_code, "verification code")
    for dispatch in made.case.dispatches.all():
        know(dispatch.pk, "id of a dispatch")
    return made


def _somebody_who_was_here(world: World, name: str, case: Case) -> None:
    """A person whose name stands on the trail of the case and nowhere else."""
    audience = _names(actor for actor in ACTORS if name in actor.opens and actor.reads_trails)
    word = world.marks.word("name on the trail", name, audience)
    record("case.change", by=User.objects.create_user(f"{word}@example.org", name=f"Robin {word}"), target=case)


def _invitation(world: World, whose: str, director: User) -> dict[str, str]:
    audience = _names(actor for actor in ACTORS if actor.directs) if whose == HOME else frozenset()
    email = f"{world.marks.word('invited address', whose, audience)}@example.org"
    made = invite(email=email, role=Role.CASEWORKER, by=director)
    world.marks.know(made.pk, "id of an invitation", whose, audience)
    assert made.token is not None
    world.marks.know(made.token, "link of an invitation", whose, frozenset())
    return {"invitation_id": str(made.pk), "token": made.token}


def _names_of(world: World, whose: str, user: User) -> dict[str, str]:
    made = world.cases[whose]
    with acting_for(world.organizations[AWAY if whose == FOREIGN else HOME].pk):
        membership = Membership.objects.get(user=user)
        identifier = Identifier.objects.filter(case=made.case).earliest("position")
        seen = Case.objects.get(pk=made.case.pk).updated_at
    return {
        "case_id": str(made.case.pk),
        "seen": seen.isoformat(),
        "identifier_id": str(identifier.pk),
        "letter_id": str(made.letter.pk),
        "dispatch_id": str(made.dispatch.pk),
        "evidence_id": str(made.evidence_id),
        "report": str(made.report.pk),
        "report_id": str(made.report.pk),
        "document_sha256": made.letter.document_sha256,
        "code": made.letter.verify_code,
        "external_id": made.case.external_id or "",
        "case_number": made.case.number,
        "identifier": made.identifier,
        "membership_id": str(membership.pk),
        "organization": str(made.case.organization_id),
    } | _personal(world, user.email, user)


def _personal(world: World, name: str, user: User) -> dict[str, str]:
    """What belongs to a person and to nobody else: another session of theirs, a passkey, their address."""
    audience = {actor.name for actor in ACTORS if world.people.get(actor.name) == user}
    session = SessionStore()
    session.create()
    agent = f"Browser {world.marks.word('browser', name, audience)}"
    key = session.session_key
    listed = UserSession.objects.create(user=user, ip="192.0.2.7", session_key=key, user_agent=agent)
    passkey = Authenticator.objects.create(
        user=user,
        type=Authenticator.Type.WEBAUTHN,
        data={
            "name": world.marks.word("passkey", name, audience),
            "credential": registered(),
            "passwordless": True,
        },
    )
    return {
        "session_id": str(listed.pk),
        "pk": str(passkey.pk),
        "uidb36": user_pk_to_url_str(user),
        "user": str(user.pk),
        "email": user.email,
    }


def _names_of_nothing() -> dict[str, str]:
    ids = (
        "case_id identifier_id letter_id dispatch_id evidence_id report report_id membership_id organization user"
        " invitation_id"
    )
    word = f"zq{secrets.token_hex(6)}"
    return {name: str(uuid.uuid4()) for name in ids.split()} | {
        "seen": timezone.now().isoformat(),
        "document_sha256": secrets.token_hex(32),
        "code": secrets.token_urlsafe(16),
        "token": secrets.token_urlsafe(32),
        "external_id": word,
        "case_number": "RD-2026-099999",
        "identifier": f"{word}.example",
        "session_id": "2000000001",
        "pk": "2000000001",
        "uidb36": user_pk_to_url_str(User(pk=uuid.uuid4())),
        "email": f"{word}@example.org",
    }


def _sign_in(world: World, actor: Actor) -> str:
    """A session that is fresh enough for everything; the organization was chosen while one could."""
    user, client = world.people[actor.name], Client()
    client.force_login(user)
    session = client.session
    now = timezone.now().timestamp()
    session["account_authentication_methods"] = [{"method": "password", "at": now, "email": user.email}]
    session["account_authentication_methods_user"] = str(user.pk)
    if actor.role:
        session[CHOSEN] = str(world.home.pk)
    session.save()
    assert session.session_key is not None
    return session.session_key


def _proposal(world: World) -> None:
    """Somebody proposed another address of the embassy; the directory is everybody's."""
    contact = ContactPoint.objects.filter(agency__key=EMBASSY, channel="email").get()
    by = User.objects.create_user("another-curator@example.org", name="Another Curator")
    made = propose_address(contact=contact, value="new@example.org", source="https://example.org/", by=by)
    shared = {"contact": str(contact.pk), "proposal": str(made.pk)}
    for whose, names in world.names.items():
        nothing = {name: str(uuid.uuid4()) for name in shared}
        world.names[whose] = {**names, **(nothing if whose == RANDOM else shared)}
