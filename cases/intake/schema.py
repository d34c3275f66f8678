"""The intake schema, and the same with the rules of the contract that JSON Schema leaves out.

`case-intake.schema.json` is the contract's file as it is. The contract adds in prose: any text has at most
10,000 characters and any list 5,000 rows, countries and dates exist, amounts are above zero, a currency is a
code. Here they become `maxLength`, `maxItems`, `prose` and formats of our own (cases/intake/formats.py).
"""

import json
from importlib.resources import files
from typing import Any

MAX_TEXT = 10_000
MAX_ROWS = 5_000

# Only the victim's own words have paragraphs; a line break anywhere else could fake a line of a letter.
_PROSE = frozenset({"emotional", "financial"})
_FORMAT_OF_PATTERN = {
    "^[A-Z]{2}$": "country",
    "^[0-9]{1,15}(\\.[0-9]{1,18})?$": "amount",
    "^[0-9a-f]{64}$": "sha256",
}


def _read() -> dict[str, Any]:
    text = files("cases.intake").joinpath("case-intake.schema.json").read_text("utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def tightened(node: dict[str, Any], name: str = "") -> dict[str, Any]:
    """Copy a schema node, named by its property, with the contract's rules in it. KeyError: a new pattern."""
    copy = dict(node)
    if node.get("type") == "string":
        copy.update(_string_rules(node, name))
    elif node.get("type") == "array":
        copy.update(maxItems=MAX_ROWS, items=tightened(node["items"]))
    for group in ("properties", "$defs"):
        if group in node:
            copy[group] = {key: tightened(child, key) for key, child in node[group].items()}
    return copy


def _string_rules(node: dict[str, Any], name: str) -> dict[str, Any]:
    rules = {"maxLength": node.get("maxLength", MAX_TEXT), "prose": name in _PROSE}
    if "pattern" in node:
        rules["format"] = _FORMAT_OF_PATTERN[node["pattern"]]
    elif name == "currency":
        rules["format"] = "currency"
    return rules


SCHEMA = _read()
TIGHTENED = tightened(SCHEMA)
