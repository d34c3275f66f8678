"""Set-up work on fonts: the pre-subset Chinese faces, fonts.conf and the table of printable characters.

Why pre-subset: the full Noto Serif CJK has 65,535 glyphs. Reading it, and writing an index of as many empty glyphs
into each PDF, costs more time and bytes than the rest of the letter.
"""

import fcntl
import json
import os
import sys
import unicodedata
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from fnmatch import fnmatch
from itertools import chain
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from letters.documents.fonts import (
    CHINESE,
    COVERAGE,
    DEJAVU,
    FONTCONFIG_FILE,
    FONTS,
    NOTO,
    NOTO_CJK,
    RECIPE,
    REFUSED,
    FontsMissing,
    fontconfig_file,
)

SOURCES = {style: NOTO_CJK / f"NotoSerifCJK-{style}.ttc" for style in ("Regular", "Bold")}
_VERSION = 3  # raise it when the way of building changes
_SIMPLIFIED_CHINESE = 2  # its place in Debian's collection: JP, KR, SC, TC, HK
_SPACES = {0x20, 0xA0, 0xAD, *range(0x2000, 0x2010), *range(0x2028, 0x2030), 0x205F, 0x2060, 0xFEFF}
_UNUSED_TABLES = ("vhea", "vmtx", "VORG", "DSIG", "BASE", "GSUB", "GPOS", "GDEF")


def build_fonts() -> bool:
    """Make var/fonts complete; False when it was already. Raises FontsMissing. Safe to call from many processes."""
    for path, package in (
        (SOURCES["Bold"], "fonts-noto-cjk"),
        (NOTO, "fonts-noto-core"),
        (DEJAVU, "fonts-dejavu-core"),
    ):
        if not path.exists():
            raise FontsMissing(f"{path} is missing: apt-get install {package}")
    FONTS.mkdir(parents=True, exist_ok=True)
    with _locked():
        if _current():
            return False
        with ProcessPoolExecutor(max_workers=2) as pool:
            list(pool.map(_build_face, SOURCES))
        _write(COVERAGE, json.dumps(list(_ranges(_printable()))).encode())
        _write(FONTCONFIG_FILE, fontconfig_file().encode())
        _write(RECIPE, _recipe().encode())
    return True


def chinese_characters() -> set[int]:
    """GB 2312 with its Chinese punctuation, less what Noto Serif prints better (Latin, Greek, Cyrillic, boxes).

    And all kinds of space: Pango prints a space in the face of the word before it, whether or not the face has one.
    """
    every = bytes(chain.from_iterable((high, low) for high in range(0xA1, 0xF8) for low in range(0xA1, 0xFF)))
    codes = {ord(character) for character in every.decode("gb2312", "ignore")}
    return {code for code in codes if code >= 0x2010 and not 0x2500 <= code < 0x2600} | _SPACES


def _build_face(style: str) -> None:
    font = TTFont(SOURCES[style], fontNumber=_SIMPLIFIED_CHINESE, lazy=True, recalcBBoxes=False, recalcTimestamp=False)
    for table in _UNUSED_TABLES:
        if table in font:
            del font[table]
    # Hints and bounding boxes stay as they are: recalculating them takes twice as long as all the rest.
    options = Options(layout_features=[], hinting=True, desubroutinize=True, notdef_outline=True, recalc_bounds=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=chinese_characters())
    subsetter.subset(font)
    _rename(font, style)
    target = FONTS / f"RedressSerifSC-{style}.otf"
    font.save(target.with_suffix(".part"))
    target.with_suffix(".part").replace(target)


def _rename(font: TTFont, style: str) -> None:
    postscript = f"{CHINESE.replace(' ', '')}-{style}"
    names = {1: CHINESE, 4: f"{CHINESE} {style}", 6: postscript, 16: CHINESE, 17: style}
    for record in font["name"].names:
        if record.nameID in names:
            record.string = names[record.nameID]
    compact = font["CFF "].cff
    compact.fontNames = [postscript]
    compact[0].FullName, compact[0].FamilyName = f"{CHINESE} {style}", CHINESE


def _printable() -> set[int]:
    """Every character that at least one face of fonts.conf prints."""
    codes: set[int] = set()
    for path in chain(NOTO.glob("*-Regular.ttf"), [DEJAVU / "DejaVuSansMono.ttf", SOURCES["Regular"]]):
        if not any(fnmatch(str(path), pattern) for pattern in REFUSED):
            number = _SIMPLIFIED_CHINESE if path.suffix == ".ttc" else -1
            with TTFont(path, fontNumber=number, lazy=True) as font:
                codes |= font.getBestCmap().keys()
    # Control, private-use and unassigned characters mean nothing to a reader, whatever a face draws for them.
    return {code for code in codes if unicodedata.category(chr(code)) not in ("Cc", "Co", "Cn", "Cs")}


def _ranges(codes: set[int]) -> Iterator[tuple[int, int]]:
    """The codes as inclusive ranges, in order."""
    start = previous = -2
    for code in sorted(codes):
        if code != previous + 1:
            if start >= 0:
                yield start, previous
            start = code
        previous = code
    if start >= 0:
        yield start, previous


def _recipe() -> str:
    sizes = {style: [path.stat().st_size, path.stat().st_mtime_ns] for style, path in SOURCES.items()}
    return json.dumps({"version": _VERSION, "sources": sizes, "fonts.conf": fontconfig_file()})


def _current() -> bool:
    return RECIPE.exists() and RECIPE.read_text() == _recipe()


def _write(path: Path, data: bytes) -> None:
    part = path.with_suffix(".part")
    part.write_bytes(data)
    part.replace(path)


@contextmanager
def _locked() -> Iterator[None]:
    handle = os.open(FONTS / "lock", os.O_CREAT | os.O_RDWR)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


if __name__ == "__main__":
    try:
        build_fonts()
    except FontsMissing as problem:
        sys.exit(str(problem))
