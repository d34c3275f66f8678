"""Whatever a victim writes is kept: nothing raises, nothing hangs."""

from __future__ import annotations

import random

import pytest

from cases.identifiers import KINDS, Canonical, account_of_transfer, bank_code, canonicalize
from tests.cases.identifiers.table import rows

PIECES = (
    *"http:// https:// hxxp:// www. t.me/ wa.me/ facebook.com/ x.com profile.php id= phone= invite: tg:".split(),
    "mailto:",
    *"whatsapp:// ethereum: IBAN DE89 bc1q 0x T 1 3 00 +1 918 555-0177 ext5 xn-- {{ }} <b> ' \" ; -- $ ~".split(),
    *"@ [.] (dot) : :// ? # & = % %41 %% / \\ .. - _ + ( ) < > « 。".split(),
    *"ß ﷺ é \u0301 \u200b \u200d \u202e مرحبا ٣٤ １２ 微信 😀 İ ſ ﬃ \ufeff \U0001f1fa".split(),
    *(" ", "\t", "\n", "\u00a0"),
)
SERVICES = ("", "WhatsApp", "telegram", "Facebook", "微博", "zoom", "bitcoin", "eth", "near", "Some Bank")
LONG = (
    *("a", "1", "T", "@", "<@", "(", "[.]", "a.", "a-", "/", "%", "&id=1", "?&phone=", "-11111111", "bc1q", "0x"),
    *("+1 ", "DE12 ", "IBAN ", ": ", "tg:", "id:", "u=http://"),
    *("\u0301\u0327", "e\u0301", "İ", "微", "😀", "\u200b", "١"),
)


def _read_all(text: str, service: str = "", country: str = "") -> list[Canonical]:
    found = [canonicalize(kind, text, service=service, country=country) for kind in KINDS]
    return [*found, account_of_transfer(text, mechanism="crypto", network=service), bank_code(text)]


@pytest.mark.parametrize("seed", range(10))
def test_no_text_makes_it_raise(seed: int) -> None:
    random_ = random.Random(seed)
    for _ in range(40):
        text = "".join(random_.choice(PIECES) for _ in range(random_.randint(1, 9)))
        found = _read_all(text, random_.choice(SERVICES), random_.choice(["", "US", "VN"]))
        assert all(isinstance(canonical.value, str) for canonical in found)


@pytest.mark.parametrize("piece", LONG)
def test_ten_thousand_characters_come_back(piece: str) -> None:
    text = (piece * 10_000)[:10_000]
    assert len(_read_all(text, "telegram", "US")) == len(KINDS) + 2


@pytest.mark.parametrize("seed", range(5))
def test_invisible_characters_never_tell_two_identifiers_apart(seed: int) -> None:
    random_ = random.Random(seed)
    for row in random_.sample([row for row in rows() if row.value.isascii()], 60):
        at = random_.randint(0, len(row.value))
        seen = canonicalize(
            row.kind, f"{row.value[:at]}\u2060{row.value[at:]}", service=row.service, country=row.country
        )
        assert seen.value == row.read().value


def test_an_unknown_kind_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(KeyError):
        canonicalize("carrier_pigeon", "x")
