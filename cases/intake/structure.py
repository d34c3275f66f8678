"""Structure: jsonschema walks the document by the tightened schema, and we say what is wrong.

Its own messages quote whole values, and some of its keywords do not fit: a pattern's `$` lets a line break
pass, an unknown key has no place of its own, uniqueItems may take quadratic time.
"""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import FormatError, ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend

from cases.intake.formats import format_checks
from cases.intake.parsing import DoubledMembers, Number
from cases.intake.problems import MAX_PROBLEMS, Found, shown
from cases.intake.schema import MAX_ROWS, MAX_TEXT, TIGHTENED
from cases.intake.texts import kept, text_problem

Problems = Iterator[ValidationError]

_WANTED = {
    "object": (dict, "an object in curly brackets"),
    "array": (list, "a list in square brackets"),
    "string": (str, "text in double quotes"),
    "boolean": (bool, "true or false without quotes"),
}


def structure_problems(document: object, today: date) -> list[Found]:
    """Find what the schema and the contract's rules on single values refuse, at most MAX_PROBLEMS + 1."""
    checker = FormatChecker(formats=())
    for name, check in format_checks(today).items():
        checker.checks(name, raises=ValueError)(lambda text, check=check: check(text) is None)
    errors = _Walker(TIGHTENED, format_checker=checker).iter_errors(document)
    return [Found(tuple(error.absolute_path), error.message) for error in islice(errors, MAX_PROBLEMS + 1)]


def _type(_: Validator, wanted: str, value: object, __: object) -> Problems:
    kind, words = _WANTED[wanted]
    if not isinstance(value, kind):
        yield ValidationError(f"must be {words}, not {_name(value)}")


def _required(_: Validator, keys: list[str], value: object, __: object) -> Problems:
    if isinstance(value, dict):
        for key in keys:
            if key not in value:
                yield ValidationError("is missing; add it", path=(key,))


def _no_other_keys(_: Validator, __: object, value: object, schema: Any) -> Problems:
    if not isinstance(value, dict):
        return
    known = schema["properties"]
    for key in value:
        if key not in known:
            yield ValidationError(f"is not a known key; correct it to one of: {', '.join(known)}", path=(key,))
    if isinstance(value, DoubledMembers):
        for key, times in value.doubled.items():
            yield ValidationError(f"stands {times} times in one object; keep one", path=(key,))


def _items(validator: Any, schema: object, value: object, _: object) -> Problems:
    if isinstance(value, list):
        for index, item in enumerate(islice(value, MAX_ROWS)):
            yield from validator.descend(item, schema, path=index)


def _max_items(_: Validator, limit: int, value: object, __: object) -> Problems:
    if isinstance(value, list) and len(value) > limit:
        yield ValidationError(f"has {len(value):,} rows; at most {limit:,} are taken, shorten it")


def _unique_items(_: Validator, __: object, value: object, ___: object) -> Problems:
    seen = set()
    for index, item in enumerate(islice(value, MAX_ROWS) if isinstance(value, list) else ()):
        if isinstance(item, str):
            if item in seen:
                yield ValidationError(f"{shown(item)} stands in the list already; keep one", path=(index,))
            seen.add(item)


def _one_of(_: Validator, allowed: list[str], value: object, __: object) -> Problems:
    if value not in allowed:
        yield ValidationError(f"{_name(value)} is not one of the words of this list: {', '.join(allowed)}; write one")


def _exactly(_: Validator, wanted: str, value: object, __: object) -> Problems:
    if value != wanted:
        yield ValidationError(f"{_name(value)} is another format; write {shown(wanted)}, or leave the key out")


def _max_length(_: Validator, limit: int, value: object, __: object) -> Problems:
    if not isinstance(value, str):
        return
    # A few letters of Indic scripts and Hebrew are kept as two or three characters (see texts.kept).
    length = len(value) if len(value) > limit else len(kept(value))
    if length > limit:
        yield ValidationError(f"is {length:,} characters long; at most {limit:,} are taken, shorten it")


def _prose(_: Validator, prose: Any, value: object, __: object) -> Problems:
    # What comes after the longest text that is ever taken must not cost time.
    problem = text_problem(value[:MAX_TEXT], prose=prose) if isinstance(value, str) else None
    if problem:
        yield ValidationError(problem)


def _format(validator: Any, name: str, value: object, schema: Any) -> Problems:
    # A text that is too long, blank or not printable has its problem already, with a better mend.
    if not isinstance(value, str) or len(value) > schema["maxLength"] or text_problem(value):
        return
    try:
        validator.format_checker.check(value, name)
    except FormatError as error:
        yield ValidationError(str(error.cause))


def _nothing(_: Validator, __: object, ___: object, ____: object) -> Problems:
    """Let a keyword be: `prose` refuses blank texts, and each pattern became a format."""
    yield from ()


def _name(value: object) -> str:
    """Name a value in a message without quoting more of it than a reader needs."""
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, Number):
        return value.value
    names = {dict: "an object", list: "a list", bool: "true or false", type(None): "null (leave the key out)"}
    return next(name for kind, name in names.items() if isinstance(value, kind))


_Walker = extend(  # type: ignore[no-untyped-call]  # its stubs leave the arguments untyped
    Draft202012Validator,
    {
        "type": _type,
        "required": _required,
        "additionalProperties": _no_other_keys,
        "items": _items,
        "maxItems": _max_items,
        "uniqueItems": _unique_items,
        "enum": _one_of,
        "const": _exactly,
        "maxLength": _max_length,
        "prose": _prose,
        "format": _format,
        "minLength": _nothing,
        "pattern": _nothing,
    },
)
