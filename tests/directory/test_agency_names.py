"""An agency is known by its key, its names and its aliases: exactly, never by likeness."""

import pytest
from pytest_django import DjangoAssertNumQueries

from directory.models import Agency
from directory.queries import agencies_by_name, agency_by_name, agency_keys

pytestmark = [pytest.mark.usefixtures("directory"), pytest.mark.django_db]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("us-ic3", "us-ic3"),
        ("US-IC3", "us-ic3"),
        ("IC3", "us-ic3"),
        ("ic3", "us-ic3"),
        ("FBI Internet Crime Complaint Center (IC3)", "us-ic3"),
        ("FBI Internet Crime Complaint Center", "us-ic3"),
        ("  fbi  internet crime complaint center ", "us-ic3"),
        ("FTC", "us-ftc"),
        ("Federal Trade Commission", "us-ftc"),
        ("ReportFraud.ftc.gov", "us-ftc"),
        ("Anyscam", "int-anyscam"),
        ("Anyscam.com", "int-anyscam"),
        ("Action Fraud", "gb-report-fraud"),
        ("Polisen", "se-polisen"),
        ("中华人民共和国驻尼泊尔大使馆", "cn-embassy-np"),
        ("Embassy of the People's Republic of China in Nepal", "cn-embassy-np"),
    ],
)
def test_an_agency_is_found(text: str, key: str) -> None:
    found = agency_by_name(text)
    assert found
    assert found.key == key


@pytest.mark.parametrize(
    "text",
    [
        "",
        "FBI",
        "IC",
        "IC33",
        "Federal Trade Comission",
        "City police, central station",
        "Policía Nacional, Departamento de Cibercrimen",
        "Ministry of Public Security",
        "Police emergency",  # the name of several agencies
        "(IC3)",
        "Royal",
    ],
)
def test_what_is_only_alike_or_ambiguous_is_not_found(text: str) -> None:
    assert agency_by_name(text) is None


def test_a_key_is_nobody_elses_name() -> None:
    Agency.objects.filter(key="us-sec").update(name_local="us-ic3")
    found = agency_by_name("us-ic3")
    assert found
    assert found.key == "us-ic3"


def test_many_names_cost_as_many_queries_as_one(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for texts in (["IC3"], ["IC3", "FTC", "nobody", "us-sec"]):
        with django_assert_num_queries(2):
            found = agencies_by_name(texts)
        assert found.keys() == set(texts)


def test_every_key_is_listed() -> None:
    keys = agency_keys()
    assert len(keys) == 370
    assert {"us-ftc", "cn-embassy-us", "cn-consulate-us-new-york"} <= keys
