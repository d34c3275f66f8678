"""The nearest embassy and the nearest consulate general, as PROCESS.md defines them, with the reason in words."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from directory.enums import MissionKind
from directory.geography import Place, country_name, distance_km, locate, territories
from directory.models import ContactPoint, Mission
from directory.playbooks import offender_playbooks


@dataclass(frozen=True, slots=True)
class NearestMission:
    """A mission, how far it is (kilometres by great circle, None where no place is known), and why this one."""

    mission: Mission
    key: str
    distance_km: float | None
    reason: str


def nearest_embassy(sending_country: str, country: str, city: str = "", region: str = "") -> NearestMission | None:
    """Return the embassy of `sending_country` that a resident of that place turns to.

    The one in the country of residence (in the state, for a dependent territory); else the nearest abroad, from the
    city, or the capital where the city is unknown. None where `no_embassy_reason` says why. Three queries at most.
    """
    if no_embassy_reason(sending_country, country):
        return None
    embassies = Mission.objects.filter(sending_country=sending_country, kind=MissionKind.EMBASSY)
    here = locate(country, city, region)
    at_home = _accredited(embassies, country)
    if at_home:
        return _nearest_mission(at_home, here, _why_at_home(at_home, country))
    abroad = _nearest(embassies, here)
    return _nearest_mission(abroad, here, _why_abroad(abroad, country)) if abroad else None


def next_embassy_with_mailbox(
    sending_country: str, country: str, city: str = "", region: str = ""
) -> NearestMission | None:
    """Return the nearest other embassy that has a usable mailbox, for when the nearest one has none."""
    nearest = nearest_embassy(sending_country, country, city, region)
    here = locate(country, city, region)
    if nearest is None or here is None:
        return None
    with_mailbox = ContactPoint.objects.usable_mailboxes().values("agency")
    embassies = Mission.objects.filter(sending_country=sending_country, kind=MissionKind.EMBASSY)
    found = _nearest(embassies.filter(agency__in=with_mailbox).exclude(pk=nearest.mission.pk), here)
    if found is None:
        return None
    return _nearest_mission(found, here, f"The next embassy that publishes a mailbox is the one in {_seat(found)}")


def nearest_consulate_general(
    sending_country: str, host_country: str, city: str = "", region: str = ""
) -> NearestMission | None:
    """Return the nearest consulate general in the country; for a territory without one, in its state."""
    territory = territories().get(host_country)
    consulates = Mission.objects.filter(sending_country=sending_country, kind=MissionKind.CONSULATE_GENERAL)
    here = locate(host_country, city, region, by_region=True)
    for country in (host_country, territory.state if territory else ""):
        found = _nearest(consulates.filter(host_country=country), here)
        if found:
            why = f"The consulate general in {found.seat_city} is the nearest one in {country_name(country)}"
            return _nearest_mission(found, here, why)
    return None


def no_embassy_reason(sending_country: str, country: str) -> str:
    """Return why a resident of the country has no embassy of `sending_country` to turn to, "" if they have one."""
    playbook = offender_playbooks().get(sending_country)
    if playbook and country in playbook.territories:
        return playbook.residents_report_to_police
    if locate(country) is None and country not in territories():
        return f"No place in {country_name(country)} is known from which to reckon a distance."
    return ""


def _accredited(embassies: QuerySet[Mission], country: str) -> Mission | None:
    territory = territories().get(country)
    countries = [country, territory.state] if territory else [country]
    found = embassies.filter(host_country__in=countries).select_related("agency")
    return min(found, key=lambda one: countries.index(one.host_country), default=None)


def _nearest(missions: QuerySet[Mission], here: Place | None) -> Mission | None:
    if here is None:
        return None
    points = missions.values_list("pk", "latitude", "longitude", "host_country", "seat_country")
    # Two embassies can share a house (Rome): then the one accredited to the country it stands in comes first.
    ranked = ((round(_distance(here, lat, lon), 1), host != seat, pk) for pk, lat, lon, host, seat in points)
    nearest = min(ranked, default=None)
    return Mission.objects.select_related("agency").get(pk=nearest[2]) if nearest else None


def _distance(here: Place, latitude: Decimal, longitude: Decimal) -> float:
    return distance_km((here.latitude, here.longitude), (float(latitude), float(longitude)))


def _nearest_mission(mission: Mission, here: Place | None, why: str) -> NearestMission:
    if here is None:
        return NearestMission(mission, mission.agency.key, None, f"{why}.")
    distance = _distance(here, mission.latitude, mission.longitude)
    from_ = f"{here.name}, {here.role}, for the city is not known" if here.role else here.name
    kilometres = f"{distance:,.0f}" if distance >= 1 else "less than 1"
    return NearestMission(mission, mission.agency.key, distance, f"{why}: {kilometres} km from {from_}.")


def _why_at_home(mission: Mission, country: str) -> str:
    sender, host = country_name(mission.sending_country), country_name(mission.host_country)
    if mission.host_country != country:
        why = territories()[country].reason
        return f"Residents of {country_name(country)} ({why}) turn to the embassy in {_seat(mission)}"
    if mission.works_elsewhere:
        return f"The embassy of {sender} to {host}, the country of residence, works from {_seat(mission)}"
    return f"The embassy of {sender} in {host}, the country of residence, is in {mission.seat_city}"


def _why_abroad(mission: Mission, country: str) -> str:
    sender = _first_upper(country_name(mission.sending_country))
    return f"{sender} has no embassy in {country_name(country)}; the nearest abroad is the one in {_seat(mission)}"


def _seat(mission: Mission) -> str:
    return f"{mission.seat_city}, {country_name(mission.seat_country)}"


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]
