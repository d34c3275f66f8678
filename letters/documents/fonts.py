"""Which faces a letter is set in."""

SERIF = '"Noto Serif", "Redress Serif SC", "Noto Serif CJK SC"'
