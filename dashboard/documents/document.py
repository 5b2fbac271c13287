"""What a document is, and what it is told about who reads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.page import Page
from dashboard.state import ViewState
from dashboard.text import Texts, language_for
from geodata.corridor import Corridor


@dataclass(frozen=True)
class Reading:
    """One person's reading of a document: the data, the language, and the view of the dashboard from which she came."""

    page: Page
    state: ViewState
    texts: Texts

    @classmethod
    def of(cls, page: Page, query: str, accept_language: str) -> Reading:
        """The reading that a query and a browser ask for; what of the query is no view of the dashboard is passed over."""
        state, _ = ViewState.parse(query, page.known)
        return cls(page, state, Texts(language_for(state.lang, accept_language)))

    @property
    def corridor(self) -> Corridor:
        """The data."""
        return self.page.corridor

    def address(self, path: str, **changes: object) -> str:
        """A path with the view in its query, some parts of it changed."""
        query = self.state.with_(**changes).query(self.page.known)
        return f"{path}?{query}" if query else path


@dataclass(frozen=True)
class Document:
    """A page of text at `/<name>`: its template, and what the template shows beyond the frame of every document.

    `heading` and `lead` are the keys of its title and its first paragraph; `content` gives plain values, every word of
    them from the reading's texts.
    """

    name: str
    heading: str
    lead: str
    template: str
    content: Callable[[Reading], Mapping[str, Any]]

    @property
    def path(self) -> str:
        """Where it is served."""
        return f"/{self.name}"
