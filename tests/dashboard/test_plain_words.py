"""Plain words: short sentences, no acronym that is not known to all, no word that harms, no text that nobody asks for."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from dashboard.state import LANGUAGES
from dashboard.text import Texts, catalogue

ROOT = Path(__file__).resolve().parents[2]
#: Acronyms that a reader knows: the virus, kinds of files, and the mechanism whose name stands written out before it.
KNOWN_ACRONYMS = {"VIH", "HIV", "CSV", "HTML", "MESECVI"}
#: Words of the data and of the view, whose texts are asked for by prefix and word.
FAMILIES = {
    "question",
    "audience",
    "direction",
    "capability",
    "status",
    "command",
    "layer",
    "can_show",
    "cannot_show",
    "admits",
    "asks_for",
}
#: Words that call a person what no person is, or a report what it is not.
HARMFUL = {
    "es": r"ilegal(es)?|indocumentad[oa]s?|incidentes?|víctimas esperadas|prostitut\w*|oleadas?|crisis",
    "en": r"illegals?|undocumented|incidents|expected victims|prostitut\w*|floods?|crisis",
    "pt": r"ilega(l|is)|indocumentad[oa]s?|incidentes?|vítimas esperadas|prostitut\w*|ondas?|crise",
    "fr": r"illéga(l|le|ux|les)|sans-papiers|incidents?|victimes attendues|prostitu\w*|vagues?|crise",
}
#: What the three paces are not called: each language has one word for them.
OTHER_PACES = {
    "es": r"ritmos?\b|tres velocidades",
    "en": r"\b(usual|slow|fast) (speed|rate)",
    "pt": r"passo (habitual|rápido|lento)|três velocidades",
    "fr": r"\bpas (habituel|rapide|lent)|trois vitesses|rythme",
}
PLURAL = re.compile(r"\.(one|many|other)$")


def sentences(lang: str) -> list[str]:
    """The sentences of a catalogue: what ends with a full stop, a question mark or a colon, or is a text of its own."""
    parts = (part for text in catalogue(lang).values() for part in re.split(r"(?<=[.?!:;])\s+", text))
    return [part for part in parts if len(part.split()) >= 4]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_sentence_has_at_most_twenty_words_on_average_and_never_forty(lang: str) -> None:
    lengths = [len(sentence.split()) for sentence in sentences(lang)]
    assert len(lengths) > 150
    assert sum(lengths) / len(lengths) <= 20
    assert [sentence for sentence in sentences(lang) if len(sentence.split()) >= 40] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_pace_has_one_word(lang: str) -> None:
    found = {key: text for key, text in catalogue(lang).items() if re.search(OTHER_PACES[lang], text, re.IGNORECASE)}
    assert found == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_acronym_is_left_unexplained(lang: str) -> None:
    found = {word for text in catalogue(lang).values() for word in re.findall(r"\b[A-ZÁÉÍÓÚÇ]{2,}\b", text)}
    assert found <= KNOWN_ACRONYMS


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_harms(lang: str) -> None:
    harmful = re.compile(rf"\b({HARMFUL[lang]})\b", re.IGNORECASE)
    assert {key: text for key, text in catalogue(lang).items() if harmful.search(text)} == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_texts_are_clean_of_double_spaces_straight_quotes_and_three_dots(lang: str) -> None:
    unclean = re.compile(r"  |\s$|\.\.\.|\"|(?<=\w)'(?=\w)")
    assert {key: text for key, text in catalogue(lang).items() if unclean.search(text)} == {}


def test_french_keeps_its_signs_on_the_line() -> None:
    loose = re.compile(r" [?!:;%»]|« ")
    assert {key: text for key, text in catalogue("fr").items() if loose.search(text)} == {}


@pytest.mark.parametrize(
    ("lang", "place", "said"),
    [
        ("fr", "Acandí", "Caminos: d’Acandí"),
        ("fr", "Necoclí", "Caminos: de Necoclí"),
        ("pt", "Cidade do México", "Caminos: da Cidade do México"),
        ("pt", "Acandí", "Caminos: de Acandí"),
        ("es", "Acandí", "Caminos: de Acandí"),
        ("es", "Cidade", "Caminos: de Cidade"),
    ],
)
def test_a_place_joins_its_preposition_as_the_language_has_it(lang: str, place: str, said: str, monkeypatch) -> None:
    monkeypatch.setitem(catalogue(lang), "test.from", "Caminos: de {place}")
    assert Texts(lang)("test.from", place=place) == said


def asked_for() -> tuple[set[str], list[re.Pattern[str]]]:
    """Every literal of the code, and every pattern of a key put together from parts."""
    literals, patterns = set(), []
    for path in [*(ROOT / "dashboard").rglob("*.py"), *(ROOT / "callbacks").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                literals.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = [part.value if isinstance(part, ast.Constant) else None for part in node.values]
                if isinstance(parts[0], str) and "." in parts[0]:
                    patterns.append(re.compile("".join(".+" if part is None else re.escape(part) for part in parts)))
    return literals, patterns


def test_no_text_stands_in_the_catalogue_for_nobody() -> None:
    literals, patterns = asked_for()
    keys = {PLURAL.sub("", key) for key in catalogue("es")}
    unasked = {
        key
        for key in keys - literals
        if not (key.split(".")[0] in FAMILIES and key.count(".") == 1)
        and not any(pattern.fullmatch(key) for pattern in patterns)
    }
    assert sorted(unasked) == []
