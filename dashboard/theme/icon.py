"""The page's icon, in the document itself: it costs no request, neither at first nor when the address changes."""

from __future__ import annotations

from urllib.parse import quote

from dashboard.theme.tokens import COLOURS


def icon_link() -> str:
    """The `<link rel="icon">` of the document's head: a roof over a line, in the accent's colour."""
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
        f'<rect width="32" height="32" rx="7" fill="{COLOURS["accent"]}"/>'
        f'<path d="M6 17L16 8L26 17M10 24H22" fill="none" stroke="{COLOURS["on_accent"]}" stroke-width="3"/></svg>'
    )
    return f'<link rel="icon" type="image/svg+xml" href="data:image/svg+xml,{quote(drawing)}">'
