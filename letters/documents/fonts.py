"""Which faces a letter is set in, and where they are.

Everything comes from Debian's fonts-noto-core, fonts-noto-cjk and fonts-dejavu-core, and from our own pre-subset
Chinese faces (`build_fonts`). A fontconfig file of our own names these folders and the order of the fallbacks,
so that a letter looks the same on every machine, whatever else is installed there.
"""

import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
FONTS = (Path(os.environ.get("REDRESS_VAR") or PROJECT / "var") / "fonts").resolve()
FONTCONFIG_FILE = FONTS / "fonts.conf"
COVERAGE = FONTS / "coverage.json"
RECIPE = FONTS / "recipe.json"

NOTO = Path("/usr/share/fonts/truetype/noto")
NOTO_CJK = Path("/usr/share/fonts/opentype/noto")
DEJAVU = Path("/usr/share/fonts/truetype/dejavu")
DIRECTORIES = (FONTS, NOTO, NOTO_CJK, DEJAVU)

CHINESE = "Redress Serif SC"
CHINESE_FULL = "Noto Serif CJK SC"
SERIF_STACK = f'"Noto Serif", "{CHINESE}", "{CHINESE_FULL}"'
"""CSS `font-family` of the letter. Scripts that it does not name come from FALLBACKS by themselves."""
CHINESE_STACK = f'"{CHINESE}", "Noto Serif", "{CHINESE_FULL}"'
"""For elements with lang="zh-Hans": quotation marks and dashes have their Chinese width."""
MONOSPACE_STACK = f'"DejaVu Sans Mono", "{CHINESE}", "{CHINESE_FULL}"'
"""For wallets, links and references: 0 and O, 1, l and I differ, and there are no ligatures."""

FALLBACKS = (
    CHINESE, "Noto Naskh Arabic", "Noto Serif Hebrew", "Noto Serif Thai", "Noto Serif Lao", "Noto Serif Khmer",
    "Noto Serif Myanmar", "Noto Serif Devanagari", "Noto Serif Bengali", "Noto Serif Tamil", "Noto Serif Telugu",
    "Noto Serif Kannada", "Noto Serif Malayalam", "Noto Serif Gujarati", "Noto Serif Gurmukhi", "Noto Serif Sinhala",
    "Noto Serif Georgian", "Noto Serif Armenian", "Noto Serif Ethiopic", "Noto Serif Tibetan", "Noto Sans Arabic",
    CHINESE_FULL, "Noto Sans", "Noto Sans Symbols", "Noto Sans Symbols2", "Noto Sans Math", "DejaVu Sans Mono",
)  # fmt: skip
"""After the faces that the style sheet names, in this order; then every other Noto Sans and Noto Serif."""

REFUSED = (
    "*Display*", "*Nastaliq*", "*Kufi*", "*Looped*", "*Rashi*", "*Music*", "*Traditional*", "*Slanted*", "*Unjoined*",
    "*NotoSansTifinagh?*-*", "*NotoSansCJK*", "*/DejaVuSans-*", "*/DejaVuSans.ttf", "*/DejaVuSansCondensed*",
    "*/DejaVuSerif*", "*/DejaVuMath*", "*TamilSupplement*",
)  # fmt: skip
"""Faces that print no letter: drawn for headlines or one language's taste, a second of their kind, without a space."""


class FontsMissing(RuntimeError):
    """A Debian font package is not installed; the message names it."""


def ensure_fonts() -> None:
    """Build var/fonts where set-up has not, in a process of its own: fontTools is large. Raises FontsMissing."""
    # A folder that was moved or copied names another place: its letters would print empty glyphs.
    if RECIPE.exists() and FONTCONFIG_FILE.exists() and FONTCONFIG_FILE.read_text() == fontconfig_file():
        return
    command = [sys.executable, "-m", "letters.documents.building"]
    result = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    if result.returncode:
        raise FontsMissing(result.stderr.strip())


def fontconfig_file() -> str:
    """The text of fonts.conf."""
    folders = "".join(f"  <dir>{directory}</dir>\n" for directory in DIRECTORIES)
    globs = "".join(f"    <glob>{pattern}</glob>\n" for pattern in REFUSED)
    others = "".join(
        f'    <pattern><patelt name="family"><string>Noto Serif CJK {code}</string></patelt></pattern>\n'
        for code in ("JP", "KR", "TC", "HK")
    )
    order = "".join(
        f'    <edit name="family" mode="append_last" binding="strong"><string>{name}</string></edit>\n'
        for name in FALLBACKS
    )
    generics = "".join(
        f'  <match target="pattern"><test name="family"><string>{generic}</string></test>'
        f'<edit name="family" mode="prepend" binding="strong"><string>{name}</string></edit></match>\n'
        for generic, name in (("serif", "Noto Serif"), ("sans-serif", "Noto Sans"), ("monospace", "DejaVu Sans Mono"))
    )
    return (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n<fontconfig>\n'
        f"{folders}  <cachedir>{FONTS / 'cache'}</cachedir>\n"
        f"  <selectfont><rejectfont>\n{globs}{others}  </rejectfont></selectfont>\n"
        f'{generics}  <match target="pattern">\n{order}  </match>\n</fontconfig>\n'
    )
