"""A document as HTML: the frame that all share, around what each has to say."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from dashboard.documents.document import Document, Reading
from dashboard.state import LANGUAGES
from dashboard.text import Texts
from dashboard.theme.icon import icon_link
from dashboard.theme.patterns import pattern_id, svg_patterns
from dashboard.theme.tokens import css_variables

STYLES = ("/assets/css/10_base.css", "/assets/css/documents.css")


@cache
def environment() -> Environment:
    """The templates: every value is escaped, and one that is not given is an error. Made once per process."""
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["pattern_id"] = pattern_id
    return made


def document_html(document: Document, reading: Reading, documents: Sequence[Document]) -> str:
    """The whole page of a document; `documents` are those that its foot names, itself left out."""
    template = environment().get_template(document.template)
    return template.render(frame(document, reading, documents) | dict(document.content(reading)))


def frame(document: Document, reading: Reading, documents: Sequence[Document]) -> dict[str, Any]:
    """What every document has: title, language links that keep the page, the way back to the view, the data's digest."""
    texts = reading.texts
    others = [other for other in documents if other is not document]
    return {
        "lang": texts.lang,
        "title": texts("document.title", name=texts("app.name"), heading=texts(document.heading)),
        "heading": texts(document.heading),
        "lead": texts(document.lead),
        "skip": texts("document.skip"),
        "brand": texts("app.name"),
        "back": {"href": reading.address("/", lang=texts.lang), "label": texts("document.back")},
        "languages_name": texts("control.language"),
        "languages": [_language(document, reading, lang) for lang in LANGUAGES],
        "others": [
            {"href": reading.address(other.path, lang=texts.lang), "label": texts(other.heading)} for other in others
        ],
        "others_name": texts("document.others"),
        "data_version": texts("data.version", digest=reading.corridor.snapshot.digest),
        "styles": (*STYLES, *document.styles),
        "tokens": Markup(css_variables()),  # noqa: S704 - our own colours
        "icon": Markup(icon_link()),  # noqa: S704 - our own drawing
        "patterns": Markup(svg_patterns()),  # noqa: S704 - our own drawing
    }


def _language(document: Document, reading: Reading, lang: str) -> dict[str, Any]:
    kept = {name: reading.asked[name] for name in document.parts if name in reading.asked}
    return {
        "lang": lang,
        "label": Texts(lang)("language.own_name"),
        "href": reading.address_with(document.path, kept, lang=lang),
        "current": lang == reading.texts.lang,
    }
