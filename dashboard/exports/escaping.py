"""How words get into a file that folium writes: as text, whatever signs they hold."""

from __future__ import annotations

import html

#: Signs that mean something to a script's quoted text or to folium's templates, which read what they wrote once more.
_SIGNS = str.maketrans({sign: f"&#{ord(sign)};" for sign in "\\`${}"})


def shown(words: str) -> str:
    """Words as HTML that shows them and does nothing else: in an element, an attribute, a popup or a tooltip.

    Every sign with a meaning to HTML, to a quoted text of a script or to a template is written as its number.
    """
    return html.escape(words, quote=True).translate(_SIGNS)


def in_script(json_text: str) -> str:
    """JSON as it may stand in a `<script>`: no sign in it ends the script or begins a comment."""
    return json_text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
