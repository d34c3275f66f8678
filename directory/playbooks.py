"""Who is told, when and in which words: data per country of offender and country of residence.

The files are in `directory/data/playbooks/`; this module reads and shapes them, and knows no agency by name.
"""

import tomllib
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any

from directory.geography import country_name, desks_of, fold, region_of
from directory.geography.countries import DATA

FOLDER = DATA / "playbooks"
Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HomePlaybook:
    """Whom a resident of a country tells there, as keys of the directory.

    `police` and `national_desks` are told always. `optional` are other ways to the same (the telephone of a web
    form, emergency lines); of these `no_substitute` are of the police, but no report to the police is made there.
    `investment_regulators` are optional where the fraud is an investment fraud. `others`
    are in the plan only when somebody adds them. `information` takes no reports. `from_abroad` is for victims who
    live elsewhere and whose money went there; of these `short_numbers` may not work from abroad.
    """

    country: str
    police: Keys = ()
    national_desks: Keys = ()
    others: Keys = ()
    optional: Keys = ()
    no_substitute: Keys = ()
    investment_regulators: Keys = ()
    from_abroad: Keys = ()
    short_numbers: Keys = ()
    information: Keys = ()

    @property
    def is_known(self) -> bool:
        """Whether the directory has any police or desk that a resident tells always."""
        return bool(self.police or self.national_desks)

    def every_key(self) -> frozenset[str]:
        """Return every key that the playbook names."""
        return frozenset(key for part in fields(self) if part.name != "country" for key in getattr(self, part.name))


@dataclass(frozen=True, slots=True)
class Attention:
    """The first line of a letter: exactly these words, and our Chinese rendering."""

    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class OffenderPlaybook:
    """What a nexus to offenders of one country leads to."""

    sending_country: str
    territories: frozenset[str]
    only_by_supervisor: frozenset[str]
    government: str
    fallback_url: str
    residents_report_to_police: str
    named_recipient_in: frozenset[str]
    languages: frozenset[str]
    likely_kinds: frozenset[str]
    likely_investment_through: frozenset[str]
    attention: dict[str, Attention]


@dataclass(frozen=True, slots=True)
class InternationalPlaybook:
    """What applies wherever a victim lives."""

    for_every_victim: Keys
    outside_us: Keys
    others: Keys
    information: Keys
    platforms: dict[str, str]
    no_channel_at_home: str
    no_channel_from_abroad: str
    short_number: str


def home_playbook(country: str, city: str = "", region: str = "") -> HomePlaybook:
    """Return the playbook for a resident of that place; an empty one for a country without a file.

    A territory whose police and desks are its state's has the state's playbook.
    """
    base, regional = _home(desks_of(country))
    rule = regional.get(region_of(country, city, region)) if regional else None
    return _in_region(base, rule) if rule else base


def has_home_playbook() -> frozenset[str]:
    """Return the countries that have a playbook of their own."""
    return frozenset(path.stem.upper() for path in (FOLDER / "home").glob("*.toml"))


def no_channel_at_home(country: str) -> str:
    """Return the neutral sentence for a country whose directory entry names no national channel."""
    return _in_sentence(international_playbook().no_channel_at_home, country)


def no_channel_from_abroad(country: str) -> str:
    """Return the neutral sentence for a country in which no channel for foreign victims is known."""
    return _in_sentence(international_playbook().no_channel_from_abroad, country)


def platform_agency(service: str) -> str | None:
    """Return the key of the agency for a service or company as people write it ("WhatsApp"), None if unknown."""
    return _platforms().get(fold(service))


@cache
def international_playbook() -> InternationalPlaybook:
    """Return what applies to every victim."""
    return InternationalPlaybook(**_read("international"))


@cache
def china_playbook() -> OffenderPlaybook:
    """Return the playbook for offenders with a nexus to China. `attention` is by kind of recipient."""
    file = _read("china")
    sets = {name: file.pop(name) for name in ("territories", "only_by_supervisor")} | file.pop("screening")
    shaped: dict[str, Any] = {name: frozenset(some) for name, some in sets.items()}
    shaped["attention"] = {kind: Attention(**lines) for kind, lines in file.pop("attention").items()}
    return OffenderPlaybook(**file, **shaped)


def offender_playbooks() -> dict[str, OffenderPlaybook]:
    """Return every playbook for offenders of a country, by that country."""
    return {playbook.sending_country: playbook for playbook in (china_playbook(),)}


@cache
def _home(country: str) -> tuple[HomePlaybook, dict[str, dict[str, Any]]]:
    if country not in has_home_playbook():
        return HomePlaybook(country), {}
    file = _read(f"home/{country.lower()}")
    regional = {rule.pop("region"): rule for rule in file.pop("regional", [])}
    return HomePlaybook(country, **file), regional


def _in_region(base: HomePlaybook, rule: dict[str, Any]) -> HomePlaybook:
    without = set(rule.get("without", ()))
    parts = {part.name: getattr(base, part.name) for part in fields(base) if part.name != "country"}
    changed = {
        name: tuple(key for key in keys if key not in without) + rule.get(name, ()) for name, keys in parts.items()
    }
    # What a victim elsewhere can use does not change with the region of whoever lives there.
    return replace(base, **changed | {"from_abroad": base.from_abroad})


def _read(name: str) -> dict[str, Any]:
    file = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    frozen: dict[str, Any] = _freeze(file)
    return frozen


def _freeze(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _freeze(one) for name, one in value.items()}
    return tuple(_freeze(one) for one in value) if isinstance(value, list) else value


@cache
def _platforms() -> dict[str, str]:
    return {fold(name): key for name, key in international_playbook().platforms.items()}


def _in_sentence(sentence: str, country: str) -> str:
    return sentence.format(country=country_name(country))
