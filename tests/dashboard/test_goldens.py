"""What each question says, in four languages: as it was kept, short, whole, with its range, its date and its sources."""

from __future__ import annotations

import json
import re

import pytest
from goldens import FOLDER, QUESTIONS, VARIANTS, VIEWS, said
from pages import the_page

from dashboard.state import LANGUAGES

KNOWN_ACRONYMS = {"VIH", "HIV", "CSV", "HTML"}
SENTENCE = re.compile(r"(?<=[.?!])\s+")
SOURCES = {"es": "Fuentes", "en": "Sources", "pt": "Fontes", "fr": "Sources"}


def kept(lang: str) -> dict[str, list[str]]:
    return json.loads((FOLDER / f"{lang}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("query", VIEWS)
def test_a_view_says_what_was_kept(query: str, lang: str) -> None:
    assert said(query, lang) == kept(lang)[query]


def test_all_views_are_kept_in_each_language() -> None:
    assert len(set(VIEWS)) == len(QUESTIONS) * len(VARIANTS)
    assert all(set(kept(lang)) == set(VIEWS) for lang in LANGUAGES)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_sentence_has_at_most_twenty_words_on_average_in_every_view(lang: str) -> None:
    long = {}
    for query, (headline, support, *print_, _) in kept(lang).items():
        lengths = [len(part.split()) for text in (headline, support, *print_) for part in SENTENCE.split(text)]
        if sum(lengths) / len(lengths) > 20 or max(lengths) > 40:
            long[query] = lengths
    assert long == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_view_names_its_date_its_sources_and_a_figure_with_a_range(lang: str) -> None:
    for query, (headline, support, *print_, _) in kept(lang).items():
        year = re.search(r"date=(\d{4})", query)
        assert (year[1] if year else "2024") in headline + support, query
        assert SOURCES[lang] in " ".join(print_), query
        assert re.search(r"\d", " ".join([headline, support, *print_])), query


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_view_uses_an_acronym_that_is_not_explained(lang: str) -> None:
    words = " ".join(text for view in kept(lang).values() for text in view)
    found = acronyms(words) - KNOWN_ACRONYMS - names_of_the_data()
    assert found == set()


def acronyms(words: str) -> set[str]:
    return set(re.findall(r"\b[A-ZÁÉÍÓÚÇ]{2,}\b", words))


def names_of_the_data() -> set[str]:
    """Publishers, reporters, services and places are named as they name themselves."""
    snapshot = the_page().corridor.snapshot
    columns = {"sources": ["publisher"], "services": ["name", "operator"], "places": ["name"]}
    columns |= {"state_presence": ["name", "institution"], "incident_reports": ["reporter", "place_of_report"]}
    return {
        word
        for name, wanted in columns.items()
        for column in wanted
        for text in snapshot.table(name)[column]
        for word in acronyms(text)
    }
