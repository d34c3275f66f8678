"""The key of an institution that only the case names."""

import re

import pytest

from cases.institutions import institution_slug


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Harborline Exchange (fictitious)", "harborline-exchange-fictitious"),
        ("First Plains Bank", "first-plains-bank"),
        ("  FIRST   PLAINS\tbank. ", "first-plains-bank"),
        ("Banco Itaú S.A.", "banco-itau-s-a"),
        ("Weiß & Söhne", "weiss-sohne"),
        ("ＡＢＣ Bank", "abc-bank"),
        ("1st-2nd", "1st-2nd"),
        ("x" * 60, "x" * 60),
    ],
)
def test_a_name_in_latin_letters_becomes_words(name: str, slug: str) -> None:
    assert institution_slug(name) == slug


def test_names_that_ascii_cannot_write_stay_apart() -> None:
    names = [
        "中国银行",
        "中国工商银行",
        "بنك",
        "Банк",
        "Søndre",
        "Sandre",
        "Bank 中",
        "Bank 国",
        "Bank",
        "🏦",
        "",
        "x" * 61,
        "x" * 62,
    ]
    slugs = [institution_slug(name) for name in names]
    assert len(set(slugs)) == len(names)
    assert slugs[0] == institution_slug(" 中国银行 ")
    assert slugs[4].startswith("s-ndre-")


@pytest.mark.parametrize(
    "name", ["中国银行", "x" * 10_000, "é" * 500, "../../etc", "a\nb", "\ud800", "---", "{{ x }}", "İ"]
)
def test_a_slug_is_always_a_short_safe_word(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9]([a-z0-9-]{0,58}[a-z0-9])?", institution_slug(name))


def test_the_hash_has_eight_digits_and_is_the_same_everywhere() -> None:
    assert institution_slug("中国银行") == "caf76992"
