"""How much room words take, before any browser has drawn them: widths on the wide side, and lines broken at spaces."""

from __future__ import annotations

import re
import unicodedata

#: Widths in em of a wide sans serif (DejaVu Sans): a narrower typeface leaves more air, never less.
_WIDTHS = {
    **dict.fromkeys("'ijlI|J,.·: ;/\\", 0.34),
    **dict.fromkeys('ft()[]r-!"', 0.46),
    **dict.fromkeys("szckvxyLFº*–?", 0.59),
    **dict.fromkeys("CUDHNGOQw&", 0.82),
    **dict.fromkeys("mMW%@—…#+<=>~→↑↓≤≈", 1.0),
}
_USUAL = 0.69
_LONG_WITH_SHORT = re.compile(r"^.+\((?P<short>[A-Z]{2,6})\)\s+(?P<rest>\S.*)$")
_EXPLAINED = re.compile(r"\s*\([^()]*\)$")


def text_width(words: str, size: float) -> float:
    """Width in px of one line at a font size in px, on the wide side. Signs of unknown width count as one em."""
    return size * sum(_sign_width(sign) for sign in unicodedata.normalize("NFC", words))


def _sign_width(sign: str) -> float:
    base = unicodedata.normalize("NFD", sign)[0]
    if base in _WIDTHS:
        return _WIDTHS[base]
    return _USUAL if base.isascii() else 1.0


def lines_of(words: str, size: float, width: float) -> tuple[str, ...]:
    """The words in lines no wider than `width` px, broken at spaces and after hyphens; a longer word stands alone."""
    lines: list[str] = []
    for word in re.findall(r"[^\s-]+-?|-", words):
        longer = f"{lines[-1]}{'' if lines[-1].endswith('-') else ' '}{word}" if lines else word
        if lines and text_width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def in_two_lines(words: str, size: float) -> tuple[str, ...]:
    """The words in the two lines that make the narrowest block; one line where there is no space."""
    parts = words.split()
    splits = [(" ".join(parts[:cut]), " ".join(parts[cut:])) for cut in range(1, len(parts))]
    return min(splits, key=lambda pair: max(text_width(line, size) for line in pair), default=(" ".join(parts),))


def label_of(name: str) -> str:
    """A place's name as a label has room for: an explanation in brackets left out, a spelt-out short form replaced by it."""
    spelt_out = _LONG_WITH_SHORT.match(name)
    if spelt_out:
        return f"{spelt_out['short']} {spelt_out['rest']}"
    return _EXPLAINED.sub("", name) or name
