"""What speaks against help at a place, in words."""

from __future__ import annotations

import pytest
from pages import the_page

from dashboard.panels.harm import harm_sentences, unchecked_sentences
from dashboard.state import LANGUAGES
from dashboard.text import Texts
from geodata.planning.harm import DOUBTS, HARMS, harms, unchecked
from geodata.units import Month

APRIL = Month(2024, 4)


def test_every_reason_names_the_institution_how_far_it_is_and_its_doubts() -> None:
    made = the_page().corridor
    found = harms(made, made.places.loc[["la_miel", "bajo_chiquito"]], APRIL, unsafe=["bajo_chiquito"])
    at_la_miel, at_bajo_chiquito, marked = harm_sentences(made, found, Texts("en"))
    assert made.state_presence.at["SP005", "name"] in at_la_miel
    assert "4.3 km away" in at_la_miel
    assert at_la_miel.endswith("Where it stands is known only roughly.")
    assert "at the place" in at_bajo_chiquito
    assert marked.startswith("Marked as unsafe in this plan: Bajo Chiquito")
    assert harm_sentences(made, found.iloc[:0], Texts("en")) == []


def test_what_could_not_be_checked_is_said_per_country() -> None:
    said = unchecked_sentences(unchecked(the_page().corridor, APRIL), Texts("en"))
    assert said == [
        "Guatemala: 2 institutions could not be checked, since no source says where they are.",
        "Panama: 1 institution could not be checked, since no source says where it is.",
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_reason_and_doubt_has_its_words(lang: str) -> None:
    texts = Texts(lang)
    assert all(texts.has(f"harm.{reason}") for reason in HARMS)
    assert all(texts.has(f"harm.doubt_{doubt}") for doubt in DOUBTS)
