"""Links as people paste them: without a scheme, defanged, with a port, a name and password, or in a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode

from cases.identifiers.hosts import ascii_host
from cases.identifiers.texts import EDGES, JOINERS, plain

_DEFANGED = (
    (re.compile(r"[\[({]\s?(?:\.|dot)\s?[\])}]", re.IGNORECASE), "."),
    (re.compile(r"[\[({]\s?(?:@|at)\s?[\])}]", re.IGNORECASE), "@"),
    (re.compile(r"\[(:|/|://|:/)\]"), r"\1"),
    (re.compile(r"(?<![\w.])(?:h[tx]{2}p|hxtp|ttp|htp)(s?)[:;]?/{1,3}", re.IGNORECASE), r"http\1://"),
)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]{0,30}):(?://)?", re.IGNORECASE)
_TRACKING = re.compile(
    r"(utm_\w*|fbclid|gclid|igshid|igsh|mibextid|_rdr|_rdc|rdid|share_url|sfnsn|eav|paipv|__\w*|si|feature|ref_src|ref_url|"
    r"is_from_webapp|sender_device|is_copy_url|_r|_t|_d|trk\w*|originalsubdomain|mc_cid|mc_eid|spm|yclid|msclkid|hl|lang|locale)"
)
_ESCAPE = re.compile(r"%(?:[0-9A-Fa-f]{2})?")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_AFTER = ".,;:!?>\"'»”’`*"


@dataclass(frozen=True, slots=True)
class Link:
    """A link in its parts.

    scheme is "" where none was written, host is ASCII and lower case, port is "" for 80 and 443, path has no slash at
    its end, query is without tracking parameters and sorted by name.
    """

    scheme: str
    host: str
    port: str = ""
    path: str = ""
    query: tuple[tuple[str, str], ...] = ()
    fragment: str = ""

    @property
    def segments(self) -> list[str]:
        """The path's parts, without empty ones."""
        return [part for part in self.path.split("/") if part]

    def parameter(self, *names: str) -> str:
        """The first of these query parameters that has a value, or ""."""
        values = dict(reversed(self.query))
        return next((values[name] for name in names if values.get(name)), "")

    def text(self) -> str:
        """Host, path, query and a fragment that routes ("#/register"): the canonical text, without a scheme."""
        port = f":{self.port}" if self.port else ""
        query = f"?{urlencode(self.query, errors='replace')}" if self.query else ""
        fragment = f"#{self.fragment}" if self.fragment.startswith(("/", "!")) else ""
        return _trim(f"{self.host}{port}{self.path}{query}{fragment}")


def refang(text: str) -> str:
    """Undoes what people do to make a link harmless: hxxp, [.], (dot), [at], [:]//."""
    for pattern, replacement in _DEFANGED:
        text = pattern.sub(replacement, text)
    return text


def find_link(text: str) -> Link | None:
    """The one link in a text, or None where there is none or there are several different ones."""
    text = refang(plain(text, keep=JOINERS))
    if " " not in text:
        return parse_link(text)
    marked = [word for word in text.split() if "://" in word or word.lower().startswith("www.")]
    links = {link.text(): link for link in map(parse_link, marked) if link}
    return next(iter(links.values())) if len(links) == 1 else None


def parse_link(word: str) -> Link | None:
    """A web address with or without its scheme; None where the host is none. Takes one word, already refanged."""
    word = _trim(word).replace("\\", "/")
    scheme, rest = _split_scheme(word)
    authority, slash, tail = _cut(rest)
    if not scheme and "@" in authority:
        return None  # an e-mail address
    host, port = _split_port(authority.rpartition("@")[2])
    if not host:
        return None
    path, query, fragment = _split_tail(slash + tail)
    return Link(scheme, host, port, path, query, fragment)


def _trim(word: str) -> str:
    word = word.lstrip(EDGES + "(*@").rstrip(_AFTER)
    return word if "(" in word else word.rstrip(")").rstrip(_AFTER)


def _split_scheme(word: str) -> tuple[str, str]:
    match = _SCHEME.match(word)
    if match and (match.group().endswith("//") or match.group(1).lower() in ("http", "https")):
        return match.group(1).lower(), word[match.end() :].lstrip("/")
    return "", word.removeprefix("//")


def _cut(rest: str) -> tuple[str, str, str]:
    match = re.search(r"[/?#]", rest)
    return (rest[: match.start()], match.group(), rest[match.end() :]) if match else (rest, "", "")


def _split_port(authority: str) -> tuple[str, str]:
    head, colon, port = authority.rpartition(":")
    if not colon or port.endswith("]"):
        return ascii_host(authority), ""
    if not re.fullmatch(r"[0-9]{0,5}", port):
        return "", ""
    return ascii_host(head), "" if port in ("", "80", "443") else port


def _split_tail(tail: str) -> tuple[str, tuple[tuple[str, str], ...], str]:
    before, _, fragment = tail.partition("#")
    path, _, query = before.partition("?")
    pairs = [
        pair
        for pair in parse_qsl(query, keep_blank_values=True, errors="replace")
        if not _TRACKING.fullmatch(pair[0].lower())
    ]
    return _escaped(path).rstrip("/" + _AFTER), tuple(sorted(pairs, key=lambda pair: pair[0])), _escaped(fragment)


def _escaped(text: str) -> str:
    """One spelling for percent escapes (RFC 3986, section 6.2.2): unreserved ones undone, others in capitals."""

    def one(match: re.Match[str]) -> str:
        if len(match.group()) == 1:
            return "%25"
        char = chr(int(match.group()[1:], 16))
        return char if _UNRESERVED.fullmatch(char) else match.group().upper()

    return quote(_ESCAPE.sub(one, text), safe="%/:@!$&'()*+,;=~?#-._", errors="replace")
