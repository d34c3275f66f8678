"""Direct speech and chat transcripts. A report holds facts, "no dialogue, no transcript" (PROCESS.md, step 3).

Reported speech ("he said that the money was safe") is a fact and no finding; so is a quoted name.
"""

import re
from collections.abc import Iterator

from letters.wording.findings import Finding, merged
from letters.wording.folding import folded_text
from letters.wording.speech_words import (
    CHINESE_SPEECH_VERBS,
    GREETINGS,
    LABELS,
    PRONOUNS,
    SPEAKERS,
    SPEECH_VERBS,
)

DIALOGUE_MENDING = "Leave out what was said or written; say what was done: who was paid, how much, when and how."

# Each pair of quotes ends at the first closing one, so every character is read once per pair.
_QUOTED = re.compile(
    r'"([^"]{1,1000})"|＂([^＂]{1,1000})＂|“([^“”]{1,1000})”|„([^„“”]{1,1000})[“”]|”([^”]{1,1000})”'
    r"|«([^«»]{1,1000})»|»([^«»]{1,1000})«|‹([^‹›]{1,1000})›|「([^「」]{1,1000})」|『([^『』]{1,1000})』"
    r"|(?<!\w)‘((?:[^‘’]|(?<=\w)’(?=\w)){1,1000})’(?!\w)|(?<!\w)‚([^‚‘’]{1,1000})[‘’]"
    r"|(?<!\w)'(?=\S)((?:[^'\n]|(?<=\w)'(?=\w)){1,1000})'(?!\w)"
)
_VERB_BEFORE = re.compile(
    rf"\b(?:{SPEECH_VERBS})(?:[\s-](?:to\s)?(?:me|him|her|us|them|mir|ihm|ihr|lhe))?\s?[:,]?\s*$|(?:{CHINESE_SPEECH_VERBS})\s?[:,]?\s*$"
)
_VERB_AFTER = re.compile(
    rf"^[,.]?\s?(?:\w{{1,12}}\s){{0,2}}(?:{SPEECH_VERBS})\b|^[,.]?\s?\w{{0,4}}(?:{CHINESE_SPEECH_VERBS})"
)
_VERB_COLON = re.compile(
    rf"\b(?:{SPEECH_VERBS})(?:\s(?:to\s)?(?:me|him|her|us|them))?\s?[:：]\s*\S[^\n]*|(?:{CHINESE_SPEECH_VERBS})\s?[:：]\s*\S[^\n]*",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_UNSPACED_PERSONS = re.compile(r"[我你您咱]|私|あなた|ฉัน|ผม|คุณ")

_CLOCK = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s?(?:[apAP]\.?[mM]\.?)?"
_DAY = r"(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?\s{1,2})?"
_WHO = r"(?P<who>[^\W\d_][^\n:：,;!?\[\]()\"“”]{0,40}?)"
_STAMPED = re.compile(rf"^[ \t]*{_DAY}{_CLOCK}\s?[-–—,]?\s?{_WHO}\s?[:：]\s*\S[^\n]*", re.MULTILINE)
_BRACKETED = re.compile(rf"[\[(（]\s?{_DAY}{_CLOCK}\s?[\])）]\s?[-–—]?\s?{_WHO}\s?[:：]\s*\S[^\n\[]*")
_STAMP_AFTER = re.compile(
    rf"^{_WHO},?\s\[?\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{1,4}},?\s{{1,2}}{_CLOCK}\]?[ \t]*$", re.MULTILINE
)
_SPEAKER_LINE = re.compile(rf"^[ \t>*-]{{0,8}}{_WHO}[ \t]?[:：][ \t]*(?P<said>[^\s/][^\n]*)$", re.MULTILINE)
_ROLE = re.compile(
    r"(?:^|(?<=[.!?。！？”\"|/]))[ \t]?(?P<who>[^\W\d_][\w ]{0,20})[:：][ \t]*[^\s/][^\n]*", re.MULTILINE
)
_DASHED = re.compile(r"^[ \t]*[—―][ \t]?(?P<said>[^\W\d_¡¿][^\n]*|[¡¿][^\n]*)$", re.MULTILINE)


def dialogue(text: str) -> tuple[Finding, ...]:
    """Every passage of direct speech or of a transcript in one free text."""
    found = (*_quotations(text), *_announced(text), *_stamped(text), *_spoken_lines(text))
    return merged(text, (_trimmed(text, start, end) for start, end in found))


def _trimmed(text: str, start: int, end: int) -> Finding:
    passage = text[start:end]
    start += len(passage) - len(passage.lstrip())
    return Finding(start, start + len(passage.strip()), passage.strip())


def _quotations(text: str) -> Iterator[tuple[int, int]]:
    for quoted in _QUOTED.finditer(text):
        content = next(filter(None, quoted.groups()))
        before, after = text[max(quoted.start() - 40, 0) : quoted.start()], text[quoted.end() : quoted.end() + 40]
        attributed = bool(_VERB_BEFORE.search(folded_text(before)) or _VERB_AFTER.match(folded_text(after)))
        if _is_speech(content.strip(), attributed=attributed):
            yield quoted.span()


def _announced(text: str) -> Iterator[tuple[int, int]]:
    return (announced.span() for announced in _VERB_COLON.finditer(text))


def _stamped(text: str) -> Iterator[tuple[int, int]]:
    for pattern in (_STAMPED, _BRACKETED, _STAMP_AFTER):
        yield from (line.span() for line in pattern.finditer(text) if _may_speak(line["who"]))


def _spoken_lines(text: str) -> Iterator[tuple[int, int]]:
    yield from (line.span() for line in _ROLE.finditer(text) if _key(line["who"]) in SPEAKERS)
    yield from (line.span() for line in _DASHED.finditer(text) if _addresses_someone(line["said"]))
    lines = [line for line in _SPEAKER_LINE.finditer(text) if _may_speak(line["who"])]
    several = len(lines) > 1 and any(_addresses_someone(line["said"]) for line in lines)
    yield from (line.span() for line in lines if several or _speaks_to_someone(line["said"]))


def _is_speech(content: str, *, attributed: bool) -> bool:
    if _UNSPACED.search(content):
        return _is_unspaced_speech(content, attributed=attributed)
    words = _WORDS.findall(content)
    exclaims = content.endswith(("?", "!", "…", "？", "！"))
    if not words or (_is_name(words) and not exclaims):
        return False
    if attributed:
        return len(words) > 1 or exclaims
    if exclaims or content.endswith((".", ",")):
        return len(words) > (1 if exclaims else 3)
    return len(words) > 5 or (len(words) > 2 and _has_person(words))


def _is_unspaced_speech(content: str, *, attributed: bool) -> bool:
    length = len(_UNSPACED.findall(content))
    sentence = content.endswith(("。", "！", "？", "!", "?", "…"))
    person = _UNSPACED_PERSONS.search(content) is not None
    return length > 1 and (sentence or (attributed and length > 2) or (person and length > 3) or length > 14)


def _is_name(words: list[str]) -> bool:
    """BC Group, The Bank of Example Ltd: every longer word has a capital, and nobody is addressed."""
    longer = [word for word in words if len(word) > 3]
    capitals = [word for word in longer or words if word[0].isupper()]
    return len(capitals) == len(longer or words) and not (len(words) > 3 and _has_person(words))


def _may_speak(who: str) -> bool:
    """Could this be a person in front of a colon? Facts have labels there: Bank, Amount, Note."""
    key = _key(who)
    if key in SPEAKERS:
        return True
    words = key.split()
    is_written_as_name = not who[0].islower() and len(words) < 4 and not any(map(str.isdigit, who))
    return is_written_as_name and not LABELS.intersection(words)


def _key(who: str) -> str:
    return folded_text(who).strip(" .*_")


def _addresses_someone(said: str) -> bool:
    return _has_person(_WORDS.findall(said)) or _speaks_to_someone(said)


def _speaks_to_someone(said: str) -> bool:
    words = {folded_text(word) for word in _WORDS.findall(said)}
    second_person = words & {"you", "your", "u", "du", "dich", "dir", "te", "tu", "usted", "vous", "voce", "ты", "вы"}
    return bool(second_person or words & GREETINGS) or said.rstrip().endswith(("?", "？")) or "你" in said


def _has_person(words: list[str]) -> bool:
    return any(folded_text(word) in PRONOUNS for word in words) or any(map(_UNSPACED_PERSONS.search, words))
