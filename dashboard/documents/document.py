"""What a document is, and what it is told about who reads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pandas as pd

from dashboard.page import Page
from dashboard.state import ViewState
from dashboard.text import Texts, language_for
from geodata.corridor import Corridor


@dataclass(frozen=True)
class Writing:
    """What a reader may write on a document, wrote, and what was wrong with it, by the name of the field."""

    allowed: bool = False
    kept: bool = False
    values: Mapping[str, str] = field(default_factory=dict)
    wrong: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """One person's reading of a document: the data, the language, and the view of the dashboard from which she came.

    `asked` holds the parts of the query as they are, the first of each; `entries` what delegations entered by now.
    """

    page: Page
    state: ViewState
    texts: Texts
    asked: Mapping[str, str] = field(default_factory=dict)
    entries: Callable[[], pd.DataFrame | None] = lambda: None
    writing: Writing = Writing()

    @classmethod
    def of(cls, page: Page, query: str, accept_language: str) -> Reading:
        """The reading that a query and a browser ask for; what of the query is no view of the dashboard is passed over."""
        state, _ = ViewState.parse(query, page.known)
        asked = dict(reversed(parse_qsl(query.removeprefix("?"))))
        return cls(page, state, Texts(language_for(state.lang, accept_language)), asked)

    @property
    def corridor(self) -> Corridor:
        """The data."""
        return self.page.corridor

    def address(self, path: str, **changes: object) -> str:
        """A path with the view in its query, some parts of it changed."""
        query = self.state.with_(**changes).query(self.page.known)
        return f"{path}?{query}" if query else path

    def address_with(self, path: str, parts: Mapping[str, str], **changes: object) -> str:
        """The same with parts of the path's own before the view's."""
        own, rest = urlencode(parts), self.address("", **changes).removeprefix("?")
        query = "&".join(filter(None, (own, rest)))
        return f"{path}?{query}" if query else path


@dataclass(frozen=True)
class Document:
    """A page of text at `/<name>`: its template, and what the template shows beyond the frame of every document.

    `heading` and `lead` are the keys of its title and its first paragraph; `content` gives plain values, every word of
    them from the reading's texts. `parts` are the names in its query that are its own: a change of language keeps them.
    `styles` are the addresses of style sheets that it needs beyond those of every document.
    """

    name: str
    heading: str
    lead: str
    template: str
    content: Callable[[Reading], Mapping[str, Any]]
    parts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """Where it is served."""
        return f"/{self.name}"
